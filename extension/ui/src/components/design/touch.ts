/** Style of a part of the page whose controls have 40 px on phones, so that a finger hits them. */
export const TOUCH_TARGETS = {
  "@media (max-width: 599.95px)": {
    "& .MuiButton-root, & .MuiTab-root, & .MuiToggleButton-root": { minHeight: 40 },
    "& .MuiIconButton-root": { minHeight: 40, minWidth: 40 },
    "& .MuiInputBase-inputSizeSmall:not(textarea)": { height: 40 },
    "& .MuiSelect-select": { lineHeight: "40px" },
    "& .MuiInputLabel-sizeSmall:not(.MuiInputLabel-shrink)": { transform: "translate(11px, 10px) scale(1)" },
  },
} as const;
