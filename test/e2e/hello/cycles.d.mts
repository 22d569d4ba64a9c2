export const policy: string;
export const feasibility: string;
export const dockerfile: string;
export const cycles: readonly { requirements: string; design: string; program: string }[];
