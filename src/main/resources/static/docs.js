// Shows the documents of the APIs with Swagger UI, which asks nobody but this server.
const place = document.getElementById("docs");
window.SwaggerUIBundle({
  domNode: place,
  urls: place.dataset.names.split(",").map((name) => ({ name, url: `/openapi/${name}.yml` })),
  presets: [window.SwaggerUIBundle.presets.apis, window.SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  validatorUrl: null,
  deepLinking: true,
});
