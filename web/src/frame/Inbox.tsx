// Notices and tasks of the signed-in operator.
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../api/client";
import type { Notice } from "../api/types";
import { useAct, useLiveRefresh, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { Icon } from "../parts/icons";
import { Chip, Empty, ErrorBox } from "../parts/parts";

const PATH = "/v1/operators/me/notices";

interface Notices {
  notices: Notice[];
  unread: number;
  openTasks: number;
}

function NoticeRow({ notice, onLeave }: { notice: Notice; onLeave: () => void }) {
  const t = useT();
  const format = useFormat();
  const act = useAct((verb: string, key) => post(`/v1/${notice.name}:${verb}`, {}, key), [PATH]);
  return (
    <li className={notice.read ? "notice" : "notice notice-new"}>
      <div className="row">
        <b>{notice.subject ? <Link to={`/${notice.subject}`} onClick={onLeave}>{notice.title}</Link> : notice.title}</b>
        {notice.task && <Chip tone={notice.done ? "ok" : "warn"}>{notice.done ? t("common.done") : t("frame.task")}</Chip>}
        <span className="space" />
        <span className="meta">{format.dateTime(notice.createTime)}</span>
      </div>
      {notice.body && <div className="meta">{notice.body}</div>}
      {notice.task && !notice.done && (
        <Button size="small" loading={act.isPending} onClick={() => act.mutate("complete")}>
          {t("frame.taskDone")}
        </Button>
      )}
      <ErrorBox error={act.error} />
    </li>
  );
}

export function Inbox() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const list = useResource<Notices>(PATH, { pageSize: 30 });
  useLiveRefresh(["NoticeSent"], [PATH]);
  const readAll = useAct((_: null, key) => post(`${PATH}:markAllRead`, {}, key), [PATH]);
  const notices = list.data?.notices ?? [];
  const content = (
    <div className="inbox">
      <div className="row">
        <b>{t("frame.inbox")}</b>
        <span className="space" />
        <Button size="small" type="link" disabled={!list.data?.unread} onClick={() => readAll.mutate(null)}>
          {t("frame.inboxAllRead")}
        </Button>
      </div>
      <ErrorBox error={list.error ?? readAll.error} onRetry={() => void list.refetch()} />
      {notices.length === 0 && !list.error && <Empty why={t("frame.inboxEmpty")} />}
      <ul>
        {notices.map((notice) => (
          <NoticeRow key={notice.name} notice={notice} onLeave={() => setOpen(false)} />
        ))}
      </ul>
    </div>
  );
  return (
    <Popover content={content} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight">
      <button type="button" className="beam-icon" aria-label={`${t("frame.inbox")} ${list.data?.unread || ""}`.trim()}>
        <Badge count={list.data?.unread ?? 0} size="small" offset={[2, -2]}>
          <Icon name="bell" size={18} />
        </Badge>
      </button>
    </Popover>
  );
}
