/** The versions of the public API that are answered, all alike. */
export const oldestApiVersion = 31
export const newestApiVersion = 67

/** As it stands in addresses. */
export const newestApiVersionText = `${newestApiVersion}.0`
