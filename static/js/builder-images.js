// The reference images of a definition in the Builder: choose or type where they are, name them, use them as <@name>.

import { appendEdit } from "./definition-model.js";
import { base64Bytes, imageName, isMentioned, mention, placeEdits, readImage, renameMentions } from "./reference-images.js";

const listed = (definition) => (Array.isArray(definition?.media_sources) ? definition.media_sources : []);
const text = (value) => (typeof value === "string" ? value : "");

export class ImageRows {
  constructor(form) {
    this.form = form;
  }

  patch(find, definition, path, reconcile) {
    const { form } = this;
    const images = listed(definition);
    const most = form.limits.media_sources;
    find("image-counter").textContent = `${images.length}/${most}`;
    find("image-help").hidden = !images.length;
    find("image-choose").toggleAttribute("data-full", images.length >= most);
    for (const name of ["image-file", "add-image-place"]) find(name).disabled = images.length >= most;
    reconcile(find("images"), images, () => form.template("image"), (row, image, index) => this.patchRow(row, image ?? {}, [...path, "media_sources", index], text(definition.description)));
  }

  patchRow(row, image, path, description) {
    const find = (name) => row.querySelector(`[data-part=${name}]`);
    row.dataset.path = JSON.stringify(path);
    const inside = typeof image.base64_string === "string";
    const name = text(image.name);
    const picture = find("picture");
    picture.hidden = !inside;
    if (inside && row.shown !== image.base64_string) picture.src = image.base64_string.startsWith("data:") ? image.base64_string : `data:image/jpeg;base64,${image.base64_string}`;
    row.shown = inside ? image.base64_string : null;
    this.form.set(find("image-name"), image.name, [...path, "name"]);
    find("image-place-field").hidden = inside;
    const key = "asset_id" in image ? "asset_id" : "url";
    if (!inside) this.form.set(find("image-place"), image[key], [...path, key]);
    else delete find("image-place").dataset.path;
    find("image-size").hidden = !inside;
    if (inside) find("image-size").textContent = `${Math.max(1, Math.round(base64Bytes(image.base64_string) / 1024))} KB, inside the JSON`;
    find("mention").textContent = `Insert <@${name}>`;
    find("unused").hidden = !name || isMentioned(description, name);
  }

  /** A name that is typed goes into the description too, where the image is mentioned. */
  rename(input) {
    const { form } = this;
    const path = JSON.parse(input.dataset.path);
    const [before, after] = [text(form.at(path)), input.value];
    const taken = form.at(path.slice(0, -2)).some((each, index) => index !== path.at(-2) && each?.name === after);
    // on the way to the new name there may be none, or one that another image has: mentions wait with the name they had
    const known = this.waiting?.path === input.dataset.path ? this.waiting.name : before;
    const settled = after && !taken;
    this.waiting = settled ? null : { path: input.dataset.path, name: known };
    const at = [path[0], "description"];
    const description = text(form.at(at));
    const edits = [{ path, value: after }];
    if (settled && known && isMentioned(description, known)) edits.push({ path: at, value: renameMentions(description, known, after) });
    form.onEdit("Rename reference image", edits, { typing: true, group: input.dataset.path });
  }

  place(input) {
    const path = JSON.parse(input.closest("li").dataset.path);
    this.form.onEdit("Change reference image", placeEdits(path, this.form.at(path), input.value));
  }

  addPlace(path, definition) {
    const image = { name: imageName("image", listed(definition).map((each) => each?.name)), media_type: "image", url: "https://" };
    this.form.onEdit("Add reference image", [appendEdit([...path, "media_sources"], definition.media_sources, image)]);
    const input = this.form.item([...path, "media_sources", listed(definition).length]).querySelector("[data-part=image-place]");
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }

  /** Take chosen files, as many as there is room for; what is no picture is said beside the button. */
  async addFiles(input) {
    const card = input.closest(".definition");
    const said = card.querySelector("[data-part=image-problem]");
    const files = [...input.files];
    const wrong = [];
    for (const file of files) {
      try {
        this.addOne(JSON.parse(card.dataset.path), file.name, await readImage(file));
      } catch (error) {
        console.warn("A picture could not be read.", error);
        wrong.push(file.name);
      }
    }
    input.value = "";
    said.textContent = wrong.length ? `${wrong.join(", ")} could not be read as a picture. Choose a JPEG, PNG, WebP, GIF or BMP.` : "";
  }

  addOne(path, name, base64) {
    const { form } = this;
    const definition = form.at(path);
    const images = listed(definition);
    if (images.length >= form.limits.media_sources) return;
    const image = { name: imageName(name, images.map((each) => each?.name)), media_type: "image", base64_string: base64 };
    form.onEdit("Add reference image", [appendEdit([...path, "media_sources"], definition.media_sources, image)]);
  }

  /** Put `<@name>` where the caret of the description is, or was. */
  insert(path) {
    const { form } = this;
    const area = form.list.children[path[0]].querySelector("[data-part=description]");
    const { text: words, caret } = mention(text(form.at([path[0], "description"])), area.selectionStart, text(form.at(path).name));
    form.onEdit("Mention reference image", [{ path: [path[0], "description"], value: words }]);
    area.focus();
    area.setSelectionRange(caret, caret);
  }
}
