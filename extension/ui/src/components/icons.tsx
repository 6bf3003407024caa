/** Icons by their meaning in the page, from Material Design Icons. */
import {
  mdiAlertCircle,
  mdiBellOutline,
  mdiCheck,
  mdiChevronDown,
  mdiChevronUp,
  mdiClose,
  mdiCogOutline,
  mdiContentCopy,
  mdiCubeOutline,
  mdiDotsVertical,
  mdiDownload,
  mdiFilterVariant,
  mdiLayersOutline,
  mdiMagnify,
  mdiPause,
  mdiPlay,
  mdiPlus,
  mdiRestart,
  mdiStop,
  mdiSync,
  mdiTextBoxOutline,
  mdiTrashCanOutline,
  mdiTune,
  mdiWeatherNight,
} from "@mdi/js";
import { createSvgIcon } from "@mui/material";

const icon = (name: string, path: string) => createSvgIcon(<path d={path} />, name);

/** Alerts. */
export const AlertsIcon = icon("AlertsIcon", mdiBellOutline);
/** Containers. */
export const ContainersIcon = icon("ContainersIcon", mdiCubeOutline);
/** Logs. */
export const LogsIcon = icon("LogsIcon", mdiTextBoxOutline);
/** Stacks. */
export const StacksIcon = icon("StacksIcon", mdiLayersOutline);
/** Clears a field. */
export const CloseIcon = icon("CloseIcon", mdiClose);
/** Marks a chosen item. */
export const CheckIcon = icon("CheckIcon", mdiCheck);
/** Copies a text. */
export const CopyIcon = icon("CopyIcon", mdiContentCopy);
/** Opens downwards, or moves to the next match. */
export const DownIcon = icon("DownIcon", mdiChevronDown);
/** Downloads a file. */
export const DownloadIcon = icon("DownloadIcon", mdiDownload);
/** Deletes something. */
export const DeleteIcon = icon("DeleteIcon", mdiTrashCanOutline);
/** Opens display settings. */
export const DisplayIcon = icon("DisplayIcon", mdiTune);
/** Opens filters. */
export const FilterIcon = icon("FilterIcon", mdiFilterVariant);
/** Stops following the end of a list. */
export const PauseIcon = icon("PauseIcon", mdiPause);
/** Marks a failure. */
export const FailedIcon = icon("FailedIcon", mdiAlertCircle);
/** Opens the report of the night. */
export const NightIcon = icon("NightIcon", mdiWeatherNight);
/** Opens a menu. */
export const MenuIcon = icon("MenuIcon", mdiDotsVertical);
/** Creates something. */
export const PlusIcon = icon("PlusIcon", mdiPlus);
/** Restarts something. */
export const RestartIcon = icon("RestartIcon", mdiRestart);
/** Searches. */
export const SearchIcon = icon("SearchIcon", mdiMagnify);
/** Opens the settings. */
export const SettingsIcon = icon("SettingsIcon", mdiCogOutline);
/** Starts something. */
export const StartIcon = icon("StartIcon", mdiPlay);
/** Stops something. */
export const StopIcon = icon("StopIcon", mdiStop);
/** Moves to the previous match. */
export const UpIcon = icon("UpIcon", mdiChevronUp);
/** Marks work in progress. */
export const WorkingIcon = icon("WorkingIcon", mdiSync);
