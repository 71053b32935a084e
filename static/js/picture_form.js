// The picture of a step or section: the chosen drawing is seen at once, and a chosen photo before
// it is sent. Without this the drawing and the photo that are saved are shown.
"use strict";
{
  const addresses = JSON.parse(document.getElementById("poses").textContent);

  const showDrawing = (figure, address, name) => {
    let image = figure.querySelector("img");
    figure.hidden = !address;
    if (!address) return;
    if (!image) {
      image = document.createElement("img");
      image.alt = "";
      figure.prepend(image);
    }
    image.removeAttribute("width");
    image.removeAttribute("height");
    image.src = address;
    figure.querySelector("figcaption").textContent = name;
  };

  const showPose = (select) => {
    const place = select.closest("[data-pose]").querySelector("[data-every-side]");
    const found = addresses[select.value] ?? [];
    const forAll = found.length === 1;
    const shown = forAll ? { plain: found[0] } : { left: found[0], right: found[1], plain: found[2] };
    for (const figure of place.querySelectorAll("figure")) {
      const { variant, name } = figure.dataset;
      showDrawing(figure, shown[variant], forAll ? place.dataset.everySide : name);
    }
  };

  // Drawn, not linked: the content policy lets no page show an address that the browser made up.
  const showFile = async (input) => {
    const kept = input.closest(".form-row").querySelector("[data-kept]");
    kept?.querySelector("canvas")?.remove();
    kept?.querySelector("[data-no-photo]")?.removeAttribute("hidden");
    const picture = input.files[0] && (await createImageBitmap(input.files[0]).catch(() => null));
    if (!kept || !picture) return; // the server says what is wrong with it
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, 320 / picture.width, 240 / picture.height);
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    kept.querySelector("[data-no-photo]")?.setAttribute("hidden", "");
    kept.prepend(canvas);
  };

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-pose] select")) showPose(target);
    if (target.matches('input[type="file"][name$="-photo_file"]')) showFile(target);
  });
}
