// A photo is made small before it travels: 3 MB become about 100 KB; a picture of a paper stays readable.
// ``ready`` of the field is a promise: wait for it before the file is read. Without this file the server makes it small.
(() => {
  "use strict";
  const SIDE = 1024, MOST = 12e4;
  if (window.createImageBitmap && window.DataTransfer) document.querySelectorAll("input[type=file]").forEach((file) => file.addEventListener("change", () => { file.ready = shrink(file); }));

  async function shrink(file) {
    const big = file.files[0], own = file.name === "photo", side = own ? SIDE : 2 * SIDE, most = own ? MOST : 6 * MOST;
    file.parentNode.querySelector("output")?.remove();
    if (!big || big.size <= most || !/^image\//.test(big.type)) return;
    try {
      const image = await createImageBitmap(big, { imageOrientation: "from-image" });
      const scale = Math.min(1, side / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale); canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      for (const quality of [0.85, 0.7, 0.55, 0.4]) {
        const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (small && (small.size <= most || quality === 0.4)) {
          const carrier = new DataTransfer();
          carrier.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
          file.files = carrier.files;
          const said = document.createElement("output");
          said.className = "cap"; said.textContent = Math.round(small.size / 1024) + " KB";
          file.after(said);
          return;
        }
      }
    } catch { /* the server takes up to 8 MB as it is */ }
  }
})();
