// The photo of a profile: dropped or pasted, made smaller, turned and cut before it is sent. Without this file it goes as it
// was chosen. No text lives here, the template hands it over in data-*.

/** Edge of the square that is sent. */
const SIDE = 1024;
/** The shorter edge that is worked on: what the server keeps is as sharp as ever, even when five times enlarged. */
const DETAIL = 2560;
/** Pixels of the largest canvas that phones make. */
const ROOM = 16e6;
/** Bytes that the server takes. */
const MOST = 5 * 1024 * 1024;

const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, index) => values[index]);
const blobOf = (canvas, ...kind) => new Promise((done) => canvas.toBlob(done, ...kind));

function canvasOf(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return canvas;
}

/**
 * Whether this browser hands out what was drawn on a canvas. Those that resist fingerprinting hand out noise, nothing, or
 * an error; small changes that nobody sees do not matter.
 */
async function canvasIsHonest() {
  const colours = [[250, 80, 20], [30, 200, 90], [40, 60, 220], [240, 240, 235]];
  const side = 32;
  try {
    const canvas = canvasOf(side * colours.length, side);
    const context = canvas.getContext("2d");
    colours.forEach((colour, at) => {
      context.fillStyle = `rgb(${colour})`;
      context.fillRect(at * side, 0, side, side);
    });
    // There and back: some browsers lie about the file, some about the pixels.
    const copy = await createImageBitmap(await blobOf(canvas, "image/png"));
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(copy, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data.every((value, index) => {
      const colour = colours[Math.floor((index >> 2) % canvas.width / side)];
      return Math.abs(value - (colour[index % 4] ?? 255)) < 16;
    });
  } catch {
    return false;
  }
}

/** What iPhones take photos in, told by the brands in its first box (ISO/IEC 23008-12): few browsers show it, and no server here does. */
async function isHeic(file) {
  const [size, ...bytes] = new Uint8Array(await file.slice(3, 64).arrayBuffer());
  return /^ftyp(?:....)*?he[iv]./s.test(String.fromCharCode(...bytes).slice(0, size - 4));
}

/** A photo that can be worked on: upright, and no larger than that takes; null where this browser cannot. */
async function decode(file) {
  if (!await canvasIsHonest()) return null;
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const scale = Math.min(1, DETAIL / Math.min(width, height), Math.sqrt(ROOM / (width * height)));
  const image = canvasOf(width * scale, height * scale);
  const context = image.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, image.width, image.height);
  bitmap.close();
  return { image, smaller: scale < 1 || file.size > MOST };
}

/** The square part of a photo that is sent, moved by pointer, by the arrow keys or by the sliders. */
class Crop {
  constructor(box, say) {
    this.box = box;
    this.say = say;
    this.canvas = box.querySelector("canvas");
    this.sliders = Object.fromEntries([...box.querySelectorAll("input")].map((slider) => [slider.dataset.axis, slider]));
    this.pointers = new Map();
    this.image = null;
    Object.values(this.sliders).forEach((slider) => slider.addEventListener("input", () => this.draw()));
    box.querySelectorAll("[data-turns]").forEach((button) => button.addEventListener("click", () => {
      this.turn(Number(button.dataset.turns));
      say(button.dataset.turned);
    }));
    this.canvas.addEventListener("pointerdown", (event) => this.grab(event));
    this.canvas.addEventListener("pointermove", (event) => this.drag(event));
    ["pointerup", "pointercancel"].forEach((end) =>
      this.canvas.addEventListener(end, (event) => this.pointers.delete(event.pointerId)));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.08 : 1 / 1.08);
    }, { passive: false });
  }

  open(image) {
    this.image = image;
    this.box.hidden = !image;
    if (image) {
      this.sliders.zoom.value = 1;
      this.sliders.x.value = 50;
      this.sliders.y.value = 50;
      this.draw();
    }
  }

  /** Left, top and side of the chosen square in pixels of the image. */
  square() {
    const { width, height } = this.image;
    const side = Math.min(width, height) / Number(this.sliders.zoom.value);
    return [(width - side) * this.sliders.x.value / 100, (height - side) * this.sliders.y.value / 100, side];
  }

  draw(canvas = this.canvas) {
    if (!this.image) return;
    const [x, y, side] = this.square();
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(this.image, x, y, side, side, 0, 0, canvas.width, canvas.height);
  }

  grab(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before || !this.image) return;
    const spread = this.spread();
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.pointers.size === 2) {
      this.zoom(this.spread() / spread);
      return;
    }
    const scale = this.square()[2] / this.canvas.clientWidth;
    this.shift((event.clientX - before[0]) * scale, (event.clientY - before[1]) * scale);
  }

  /** Arrows move the photo to where they point, in every language. */
  press(event) {
    const step = this.square()[2] / 20;
    const move = {
      ArrowLeft: () => this.shift(-step, 0),
      ArrowRight: () => this.shift(step, 0),
      ArrowUp: () => this.shift(0, -step),
      ArrowDown: () => this.shift(0, step),
      "+": () => this.zoom(1.08),
      "-": () => this.zoom(1 / 1.08),
    }[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
    const { zoom, x, y } = this.sliders;
    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    this.say(fill(this.canvas.dataset.where, ...[x, y, zoom].map((slider) => number.format(slider.value))));
  }

  spread() {
    const [[ax, ay], [bx, by]] = [...this.pointers.values(), [0, 0]];
    return Math.hypot(ax - bx, ay - by) || 1;
  }

  /** Moves the photo by pixels of its own. */
  shift(right, down) {
    const { width, height } = this.image;
    const side = this.square()[2];
    [["x", right, width - side], ["y", down, height - side]].forEach(([axis, pixels, room]) => {
      if (room > 0) this.sliders[axis].value = Number(this.sliders[axis].value) - pixels / room * 100;
    });
    this.draw();
  }

  zoom(factor) {
    this.sliders.zoom.value = Number(this.sliders.zoom.value) * factor;
    this.draw();
  }

  /** Turns the photo by 90°, clockwise for 1 and back for -1; what was in the middle stays there. */
  turn(way) {
    const { width, height } = this.image;
    const turned = canvasOf(height, width);
    const context = turned.getContext("2d");
    context.setTransform(0, way, -way, 0, way > 0 ? height : 0, way > 0 ? 0 : width);
    context.drawImage(this.image, 0, 0);
    const { x, y } = this.sliders;
    [x.value, y.value] = way > 0 ? [100 - y.value, x.value] : [y.value, 100 - x.value];
    this.image = turned;
    this.draw();
  }

  /** The chosen square as a JPEG; null where there is none. */
  async file() {
    if (!this.image) return null;
    const side = Math.min(this.square()[2], SIDE);
    const canvas = canvasOf(side, side);
    this.draw(canvas);
    const blob = await blobOf(canvas, "image/jpeg", 0.9);
    return blob && new File([blob], "photo.jpg", { type: "image/jpeg" });
  }
}

/** <div data-photo="photo" data-ready="…" …>: where a photo is chosen, dropped or pasted. */
class Photo {
  constructor(area) {
    this.area = area;
    this.input = document.getElementById(area.dataset.photo);
    this.status = document.getElementById(`${area.dataset.photo}-status`);
    const moved = document.getElementById(`${area.dataset.photo}-moved`);
    this.crop = new Crop(document.getElementById(`${area.dataset.photo}-crop`), (text) => { moved.textContent = text; });
    this.opening = Promise.resolve();
    this.input.addEventListener("change", () => { this.opening = this.open(); });
    this.input.form.addEventListener("sending", (event) => event.detail.waitFor(this.prepare()));
    area.querySelector("[data-drop]").hidden = false;
    // Anywhere on the page: a photo that misses its place would make the browser leave the form.
    addEventListener("dragover", (event) => this.over(event));
    addEventListener("dragleave", (event) => { if (!event.relatedTarget) this.area.classList.remove("over"); });
    addEventListener("drop", (event) => {
      if (!this.over(event)) return;
      this.area.classList.remove("over");
      this.take(event.dataTransfer.files);
    });
    addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      // Whoever pastes words into a field may have a picture of them in the clipboard, too.
      if (files.length === 0 || types.includes("text/plain")) return;
      event.preventDefault();
      this.take(files);
    });
  }

  say(text, wrong = false) {
    this.status.classList.toggle("error", wrong);
    this.status.textContent = text;
  }

  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return false;
    event.preventDefault();
    this.area.classList.add("over");
    return true;
  }

  /** Takes what was dropped or pasted as if it had been chosen. */
  take(files) {
    const photo = [...files].find((file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name));
    if (!photo) {
      this.say(this.area.dataset.unsupported, true);
      return;
    }
    this.put(photo);
    this.area.closest("details")?.setAttribute("open", "");
    ["input", "change"].forEach((kind) => this.input.dispatchEvent(new Event(kind, { bubbles: true })));
  }

  put(file) {
    const files = new DataTransfer();
    if (file) files.items.add(file);
    this.input.files = files.files;
  }

  async open() {
    const file = this.input.files[0];
    this.crop.open(null);
    this.say("");
    if (!file) return;
    let decoded = null;
    let heic = false;
    try {
      // Where nothing can be cut, the file goes as it was chosen, and the server takes its middle.
      decoded = await decode(file);
    } catch {
      // A kind of image this browser cannot show goes to the server as it is, which says what it thinks of it.
    }
    if (!decoded) heic = await isHeic(file);
    if (file !== this.input.files[0]) return;
    const { heic: unknown, large, ready, smaller, whole } = this.area.dataset;
    if (decoded) {
      this.crop.open(decoded.image);
      this.say(decoded.smaller ? smaller : ready);
    } else if (heic || file.size > MOST) {
      this.put(null);
      this.say(heic ? unknown : large, true);
    } else {
      this.say(whole);
    }
  }

  /** Puts the chosen square into the file input. */
  async prepare() {
    await this.opening;
    const file = await this.crop.file();
    if (file) this.put(file);
  }
}

document.querySelectorAll("[data-photo]").forEach((area) => new Photo(area));
