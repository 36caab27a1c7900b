// What the uploader needs of tus-js-client. Built into static/build/uploader.js, fetched when the picker opens.
export { Upload } from "tus-js-client";
