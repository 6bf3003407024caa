/** Notifications of this browser. */

/** Shows a notification; the route opens when it is clicked. */
export type ShowNotice = (title: string, body: string, tag: string, route: string) => void;

/** Shows a notification of this browser. */
export const showNotice: ShowNotice = (title, body, tag, route) => {
  const notice = new Notification(title, { body, tag, icon: "./icon.svg" });
  notice.onclick = () => {
    globalThis.focus();
    location.hash = route;
    notice.close();
  };
};
