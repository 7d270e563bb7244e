// Why an agent takes no calls: the codes that administrators keep, and what telephony says of a ring nobody answered.
import type { Code } from "../api/types";
import { useResource } from "../api/use";
import { useLanguage, useWord } from "../i18n/provider";

const TABLE = "/v1/codeTables/not-ready-reason/codes";
const OF_TELEPHONY = ["no_answer", "declined", "unreachable"];

interface Reasons {
  choices: { code: string; label: string }[];
  labelOf: (reason: string) => string | undefined;  // Undefined for what says no more than the state does.
}

export function useReasons(): Reasons {
  const { language } = useLanguage();
  const word = useWord();
  const table = useResource<{ codes: Code[] }>(TABLE, { showRetired: true });
  const codes = table.data?.codes ?? [];
  const label = (code: Code) => (language === "zh" ? code.labelZh : code.labelEn || code.labelZh);
  return {
    choices: codes.filter((code) => !code.retired).map((code) => ({ code: code.code, label: label(code) })),
    labelOf: (reason) => {
      const code = codes.find((one) => one.code === reason);
      return code ? label(code) : OF_TELEPHONY.includes(reason) ? word("phone", reason) : undefined;
    },
  };
}
