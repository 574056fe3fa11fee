import { text } from "../scrub";
import type { Client } from "../types";

const MARKS = [75, 50, 25];

/** Videos and sound of the page itself, in Segment's words: started, each quarter, ended. (Frames of other sites are closed to us.) */
export const video = (client: Client): void => {
  const told = new WeakMap<HTMLMediaElement, number>(); // the last quarter that was told of; 0: started

  const tell = (event: string, media: HTMLMediaElement, percent: number): void => {
    told.set(media, percent);
    client.track(event, {
      title: text(media.getAttribute("aria-label") || media.title || media.currentSrc.split(/[?#]/)[0]!.split("/").pop()!, 80),
      percent,
      position: Math.round(media.currentTime),
      total_length: Number.isFinite(media.duration) ? Math.round(media.duration) : null,
    });
  };
  const each = (name: string, act: (media: HTMLMediaElement) => void): void =>
    document.addEventListener(name, (event) => event.target instanceof HTMLMediaElement && act(event.target), true);

  each("play", (media) => {
    if (!told.has(media)) tell("Video Playback Started", media, 0);
  });
  each("timeupdate", (media) => {
    const mark = MARKS.find((percent) => (100 * media.currentTime) / media.duration >= percent);
    if (mark && mark > (told.get(media) ?? 100)) tell("Video Content Playing", media, mark);
  });
  each("ended", (media) => {
    if (told.has(media)) tell("Video Playback Completed", media, 100);
    told.delete(media); // played again, it counts again
  });
};
