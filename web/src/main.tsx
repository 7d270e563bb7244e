// Starts the console: language, theme, cache, session; then the frame, or the sign-in page.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Button } from "antd";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { isApiError } from "./api/error";
import { ProjectProvider } from "./frame/project";
import { LanguageProvider, useT } from "./i18n/provider";
import { Empty, Loading } from "./parts/parts";
import { PhoneProvider } from "./phone/context";
import { router } from "./router";
import { RoomColoursProvider } from "./rooms/colours";
import { SessionProvider, useSession } from "./session/context";
import { ChangePasswordPage, SessionOver, SignInPage } from "./session/SignIn";
import "./theme/console.css";
import "./theme/pages.css";
import "./theme/chart.css";
import { ThemeProvider } from "./theme/provider";

// A refusal is an answer: only silence and overload are asked again.
const again = (count: number, error: unknown) => isApiError(error) && (error.http === 0 || error.http === 503) && count < 2;

const queries = new QueryClient({
  defaultOptions: { queries: { retry: again, staleTime: 5_000, refetchOnWindowFocus: false }, mutations: { retry: false } },
});

function Console() {
  const t = useT();
  const { me, status } = useSession();
  if (status === "starting") return <Loading rows={12} />;
  if (status === "away") return <Empty why={t("frame.away")} action={<Button onClick={() => window.location.reload()}>{t("common.retry")}</Button>} />;
  if (!me) return <SignInPage />;
  if (me.passwordChangeRequired) return <ChangePasswordPage />;
  return (
    <PhoneProvider>
      <ProjectProvider>
        <RoomColoursProvider>
          <RouterProvider router={router} />
        </RoomColoursProvider>
        <SessionOver />
      </ProjectProvider>
    </PhoneProvider>
  );
}

const root = createRoot(document.getElementById("root")!);
// In slices, like everything a person does not wait for with a finger on a key.
startTransition(() => root.render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <ThemeProvider>
          <SessionProvider>
            <Console />
          </SessionProvider>
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
));
