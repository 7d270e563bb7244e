// The switches of the firm.
import { App, Switch } from "antd";
import { patch } from "../api/client";
import { useAct, useResource } from "../api/use";
import type { Feature } from "../api/types";
import { useT } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { ErrorBox, Loading } from "../parts/parts";
import { useSession } from "../session/context";

export function Features() {
  const t = useT();
  const { can } = useSession();
  const { message } = App.useApp();
  const features = useResource<{ features: Feature[] }>("/v1/features");
  const set = useAct((feature: Feature, key) => patch(`/v1/${feature.name}`, feature, undefined, key), ["/v1/features"]);
  if (features.error) return <ErrorBox error={features.error} onRetry={() => void features.refetch()} />;
  if (!features.data) return <Loading />;
  return (
    <DataTable<Feature>
      rowKey="name"
      dataSource={features.data.features}
      columns={[
        { title: t("common.name"), render: (_, one) => <>{one.displayName} <span className="meta">{one.name}</span></> },
        {
          title: t("common.state"),
          render: (_, one) => (
            <Switch
              checked={one.enabled}
              disabled={!can("setting.manage")}
              aria-label={one.displayName}
              onChange={(enabled) => set.mutate({ ...one, enabled }, { onError: (error) => message.error(error.message) })}
            />
          ),
        },
      ]}
    />
  );
}
