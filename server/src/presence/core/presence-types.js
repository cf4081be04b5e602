export {};
//# sourceMappingURL=presence-types.js.map
