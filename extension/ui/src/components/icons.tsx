/** The icons, each by what it says here: Material Design Icons, of which only these are in the page. */
import {
  mdiAlertCircle,
  mdiAlertCircleOutline,
  mdiAlertOutline,
  mdiAutorenew,
  mdiCheck,
  mdiCheckCircleOutline,
  mdiChevronDown,
  mdiChevronUp,
  mdiCircle,
  mdiCircleOutline,
  mdiClose,
  mdiContentCopy,
  mdiDownload,
  mdiMinusCircleOutline,
  mdiPauseCircleOutline,
  mdiPlay,
  mdiPlus,
  mdiRestart,
  mdiStop,
  mdiSync,
} from "@mdi/js";
import { createSvgIcon } from "@mui/material";

const icon = (name: string, path: string) => createSvgIcon(<path d={path} />, name);

/** Empties a field. */
export const CloseIcon = icon("CloseIcon", mdiClose);
/** It is chosen. */
export const CheckIcon = icon("CheckIcon", mdiCheck);
/** Copies. */
export const CopyIcon = icon("CopyIcon", mdiContentCopy);
/** Opens downward, or goes on to the next. */
export const DownIcon = icon("DownIcon", mdiChevronDown);
/** Downloads. */
export const DownloadIcon = icon("DownloadIcon", mdiDownload);
/** It failed. */
export const FailedIcon = icon("FailedIcon", mdiAlertCircle);
/** All is well. */
export const GoodIcon = icon("GoodIcon", mdiCheckCircleOutline);
/** Nothing to say of it. */
export const NoneIcon = icon("NoneIcon", mdiMinusCircleOutline);
/** It is paused. */
export const PausedIcon = icon("PausedIcon", mdiPauseCircleOutline);
/** Makes a new one. */
export const PlusIcon = icon("PlusIcon", mdiPlus);
/** It is started again and again. */
export const RenewIcon = icon("RenewIcon", mdiAutorenew);
/** Restarts. */
export const RestartIcon = icon("RestartIcon", mdiRestart);
/** It runs. */
export const RunningIcon = icon("RunningIcon", mdiCircle);
/** Starts. */
export const StartIcon = icon("StartIcon", mdiPlay);
/** Stops. */
export const StopIcon = icon("StopIcon", mdiStop);
/** It does not run. */
export const StoppedIcon = icon("StoppedIcon", mdiCircleOutline);
/** It is in trouble. */
export const TroubleIcon = icon("TroubleIcon", mdiAlertCircleOutline);
/** Goes back to the one before. */
export const UpIcon = icon("UpIcon", mdiChevronUp);
/** Something to be careful with. */
export const WarningIcon = icon("WarningIcon", mdiAlertOutline);
/** Work is under way. */
export const WorkingIcon = icon("WorkingIcon", mdiSync);
