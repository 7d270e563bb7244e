// Pictures the server keeps: shown small, opened large; a PDF is handed over to be opened. And the field that sends one.
import { Button, Modal, Upload } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { download, save, upload } from "../api/client";
import { useAct } from "../api/use";
import { useT } from "../i18n/provider";
import { Icon } from "./icons";
import { ErrorBox } from "./parts";

function useUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return setUrl(undefined);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

// `file` names what lies there now (files/{f}): another file is another picture, the same one is read once.
export function useStored(path: string, file: string): Blob | undefined {
  const found = useQuery({ queryKey: ["picture", path, file], queryFn: () => download("GET", path), enabled: file !== "", staleTime: Infinity });
  return file === "" ? undefined : found.data?.blob;
}

export function Picture({ blob, title }: { blob: Blob | undefined; title: string }) {
  const t = useT();
  const url = useUrl(blob);
  const [large, setLarge] = useState(false);
  if (!blob || !url) return <span className="picture picture-none" aria-hidden><Icon name="building" size={22} /></span>;
  const label = t("common.pictureOf", { title });
  if (!blob.type.startsWith("image/")) {
    return <button type="button" className="picture" aria-label={label} onClick={() => save(blob, `${title}.pdf`)}><Icon name="download" />PDF</button>;
  }
  return (
    <>
      <button type="button" className="picture" aria-label={label} onClick={() => setLarge(true)}><img src={url} alt="" /></button>
      <Modal open={large} title={title} footer={null} width={760} onCancel={() => setLarge(false)}><img className="picture-large" src={url} alt={label} /></Modal>
    </>
  );
}

interface FieldProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  // What lies on the server already, while nothing else is chosen.
  kept?: Blob;
  title: string;
}

// Sends the file when it is chosen; its value is the name the server gave it, empty when there is to be none.
export function PictureField({ id, value = "", onChange, kept, title }: FieldProps) {
  const t = useT();
  const [first] = useState(value);
  const [chosen, setChosen] = useState<File>();
  const send = useAct((input: { file: File; name: string; size: number; lastModified: number }, key) => upload(input.file, key));
  const take = (file: File) => {
    send.mutate({ file, name: file.name, size: file.size, lastModified: file.lastModified }, { onSuccess: (stored) => { setChosen(file); onChange?.(stored.name); } });
    return false;
  };
  const shown = value === "" ? undefined : value === first ? kept : chosen;
  return (
    <div className="picture-field">
      <Picture blob={shown} title={title} />
      <div className="picture-acts">
        <Upload accept="image/*,application/pdf" showUploadList={false} beforeUpload={take}><Button id={id} loading={send.isPending}>{t("common.choosePicture")}</Button></Upload>
        {value !== "" && <button type="button" className="plain-link" onClick={() => onChange?.("")}>{t("common.removePicture")}</button>}
      </div>
      <ErrorBox error={send.error} />
    </div>
  );
}
