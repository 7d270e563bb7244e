// Making and changing an operator, and giving a new first password.
import { Checkbox, Form, Input, Select } from "antd";
import { patch, post } from "../api/client";
import type { Named, Operator, OperatorGroup } from "../api/types";
import { useResource } from "../api/use";
import { useProject } from "../frame/project";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";

interface Values {
  signInName?: string;
  displayName: string;
  password?: string;
  operatorGroups: string[];
  department?: string;
  team?: string;
  language: string;
  allProjects: boolean;
  projects?: string[];
}

const PATH = "/v1/operators";
const NEW: Partial<Operator> = { operatorGroups: [], language: "zh-CN", allProjects: true };

const chooseFrom = (things: Named[] | undefined, kept = "") => (things ?? []).filter((one) => !one.retired || one.name === kept).map((one) => ({ value: one.name, label: one.displayName }));
const bodyOf = ({ password: _, department = "", team = "", projects = [], ...typed }: Values) => ({ ...typed, department, team, projects: typed.allProjects ? [] : projects });

function PasswordField() {
  const t = useT();
  return <Form.Item name="password" label={t("admin.firstPassword")} rules={[{ required: true, min: 8, message: t("admin.passwordShort") }]}><Input.Password autoComplete="new-password" maxLength={128} /></Form.Item>;
}

// Which projects, unless it is all of them.
function ProjectsField() {
  const t = useT();
  const { projects } = useProject();
  const all = Form.useWatch<boolean | undefined>("allProjects", Form.useFormInstance());
  return (
    <>
      <Form.Item name="allProjects" valuePropName="checked"><Checkbox>{t("admin.allProjects")}</Checkbox></Form.Item>
      {all === false && <Form.Item name="projects" label={t("admin.someProjects")}><Select mode="multiple" options={projects.map((one) => ({ value: one.name, label: one.displayName }))} /></Form.Item>}
    </>
  );
}

// A new operator without one.
export function OperatorForm({ operator = NEW, groups, onClose, onReread }: { operator?: Partial<Operator>; groups: OperatorGroup[]; onClose: () => void; onReread?: () => void }) {
  const t = useT();
  const departments = useResource<{ departments: Named[] }>("/v1/departments");
  const teams = useResource<{ teams: Named[] }>("/v1/teams");
  const isNew = !operator.name;
  const save = (values: Values, key: string, changed: string[]) => {
    if (isNew) return post(PATH, { operator: bodyOf(values), password: values.password }, key);
    // The projects go with the switch above them.
    const mask = new Set(changed.includes("allProjects") ? [...changed, "projects"] : changed);
    return patch(`/v1/${operator.name}`, { ...bodyOf(values), name: operator.name, etag: operator.etag }, { updateMask: [...mask].join() }, key);
  };
  const needed = [{ required: true, message: t("common.required") }];
  const initial = { ...operator, department: operator.department || undefined, team: operator.team || undefined };
  return (
    <FormDialog<Values>
      title={operator.displayName || t("admin.newOperator")} isNew={isNew} initial={initial} save={save} touches={[PATH]} onClose={onClose} onReread={onReread}
      reasons={{ SIGN_IN_NAME_TAKEN: "signInName", GROUP_TOO_STRONG: "operatorGroups", GROUP_RETIRED: "operatorGroups", LAST_ADMIN: "operatorGroups" }}
    >
      {isNew && <Form.Item name="signInName" label={t("admin.signInName")} rules={needed}><Input autoCapitalize="none" autoComplete="off" maxLength={40} /></Form.Item>}
      <Form.Item name="displayName" label={t("admin.displayName")} rules={needed}><Input maxLength={60} /></Form.Item>
      {isNew && <PasswordField />}
      <Form.Item name="operatorGroups" label={t("admin.groups")} rules={needed}>
        <Select mode="multiple" maxCount={20} options={groups.filter((one) => !one.retired || operator.operatorGroups?.includes(one.name)).map((one) => ({ value: one.name, label: one.displayName }))} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="department" label={t("admin.department")}><Select allowClear options={chooseFrom(departments.data?.departments, operator.department)} /></Form.Item>
        <Form.Item name="team" label={t("admin.team")}><Select allowClear options={chooseFrom(teams.data?.teams, operator.team)} /></Form.Item>
        <Form.Item name="language" label={t("frame.language")}><Select options={[{ value: "zh-CN", label: "中文" }, { value: "en", label: "English" }]} /></Form.Item>
      </div>
      <ProjectsField />
    </FormDialog>
  );
}

export function ResetPassword({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const t = useT();
  return (
    <FormDialog<{ password: string }>
      title={t("admin.resetPasswordOf", { who: operator.displayName })} isNew={false} initial={{}} touches={[PATH]} onClose={onClose}
      save={({ password }, key) => post(`/v1/${operator.name}:resetPassword`, { password }, key)}
    >
      <p className="meta">{t("admin.resetPasswordNote")}</p>
      <PasswordField />
    </FormDialog>
  );
}
