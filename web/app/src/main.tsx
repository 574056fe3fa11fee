import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "./style.css";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { createRoot } from "react-dom/client";
import { Refused } from "./api";
import { makeRouter } from "./routes";
import { theme, variables } from "./theme";
import { direction } from "./words";

const nonce = document.querySelector<HTMLMetaElement>("meta[name=nonce]")?.content ?? "";
setNonce(nonce); // what Mantine loads to hold the page still under a dialogue asks here
const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 60_000, retry: (count, error) => count < 2 && !(error instanceof Refused), refetchOnWindowFocus: false },
  },
});

createRoot(document.getElementById("app")!).render(
  <DirectionProvider initialDirection={direction} detectDirection={false}>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}>
        <Notifications position="bottom-center" />
        <RouterProvider router={makeRouter()} />
      </QueryClientProvider>
    </MantineProvider>
  </DirectionProvider>,
);
