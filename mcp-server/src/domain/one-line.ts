/** Text that people or agents wrote, on one line and without marks that steer a terminal. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
