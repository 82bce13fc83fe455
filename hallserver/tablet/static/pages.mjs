// @ts-check
/** The table of pages: what opens each, its heading, its view. Pure. */

import { h } from "./html.mjs";
import { nothing } from "./parts.mjs";
import { boardingPage, boardingTitle } from "./pages/boarding.mjs";
import { busesPage, planPage } from "./pages/buses.mjs";
import { devicesPage } from "./pages/devices.mjs";
import { papersHead, papersPage } from "./pages/papers.mjs";
import { kitPage } from "./pages/kit.mjs";
import { takeInPage } from "./pages/take_in.mjs";
import { jobsPage } from "./pages/jobs.mjs";
import { peoplePage } from "./pages/people.mjs";
import { postPage } from "./pages/post.mjs";
import { queuePage } from "./pages/queue.mjs";
import { mePage } from "./pages/signin.mjs";

/** @typedef {import("./parts.mjs").Eyes} Eyes */
/**
 * @typedef {object} Page
 * @property {string} needs the command that whoever opens it must be allowed
 * @property {(eyes: Eyes, id?: string) => {title: any, back?: {page: string, id?: string} | null, isWide?: boolean}} head
 * @property {(eyes: Eyes, id?: string) => any} view
 * @property {(eyes: Eyes) => any} loading before the first picture: "not loaded" is not "empty"
 */

/** @param {Eyes} eyes */
const loading = (eyes) => h("section.loading", { role: "status" }, nothing("clock", eyes.t("tablet.loading")));

/** A page behind a door of the rail. @param {string} name @param {string} needs @param {Page["view"]} view @returns {Page} */
const door = (name, needs, view) => ({
  needs,
  view,
  loading,
  head: (eyes) => ({ title: eyes.t(`tablet.door.${name}`) }),
});

/** @type {Record<string, Page>} */
export const PAGES = {
  jobs: door("jobs", "approve-job", jobsPage),
  queue: door("queue", "call-next", queuePage),
  buses: door("buses", "board", busesPage),
  people: door("people", "register-worker", peoplePage),
  paper: door("paper", "take-in", (eyes) => (eyes.model.forms.paper ? takeInPage(eyes) : loading(eyes))),
  devices: door("devices", "pair-device", devicesPage),
  post: {
    needs: "post-job",
    view: postPage,
    loading,
    head: (eyes) => ({ title: eyes.t(postTitle(eyes)), back: { page: "jobs" }, isWide: true }),
  },
  plan: {
    needs: "plan-trip",
    view: planPage,
    loading,
    head: (eyes) => ({ title: eyes.t("tablet.plan_bus"), back: { page: "buses" }, isWide: true }),
  },
  boarding: {
    needs: "board",
    view: (eyes, id) => boardingPage(eyes, id ?? ""),
    loading,
    head: (eyes, id) => ({ title: boardingTitle(eyes, id ?? ""), back: { page: "buses" }, isWide: true }),
  },
  papers: { needs: "order-paper", view: papersPage, loading, head: papersHead },
  kit: {
    needs: "order-kit",
    view: (eyes) => (eyes.model.forms.kit ? kitPage(eyes) : loading(eyes)),
    loading,
    head: (eyes) => ({ title: eyes.t("tablet.kit_title"), back: { page: "paper" }, isWide: true }),
  },
  me: { needs: "", view: mePage, loading: mePage, head: (eyes) => ({ title: eyes.t("tablet.me") }) },
};

/** @param {Eyes} eyes */
function postTitle(eyes) {
  const { postStep, forms } = eyes.model;
  if (!forms.post?.trade || postStep === "trade") return "tablet.post_trade";
  return !forms.post.employer || postStep === "employer" ? "tablet.post_employer" : "tablet.post_job";
}
