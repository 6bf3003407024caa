import {
  Paper,
  Stack as Flex,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import type { VersionImage } from "../../../../../../server/protocol/stack_versions.ts";
import { COMPARE_LABELS } from "../model/labels_contents.ts";
import { TABLE_STYLE } from "../parts/table_style.ts";

/** Images that the services used when a version was deployed. */
export function VersionImages({ images }: { readonly images: readonly VersionImage[] }) {
  return (
    <Flex spacing={1} component="section" aria-labelledby="images">
      <Typography variant="h3" id="images">{COMPARE_LABELS.images}</Typography>
      {images.length === 0
        ? <Typography variant="body2" color="text.secondary">{COMPARE_LABELS.noImages}</Typography>
        : (
          <TableContainer component={Paper} variant="outlined">
            <Table size="small" aria-labelledby="images" sx={TABLE_STYLE}>
              <TableHead>
                <TableRow>
                  <TableCell sx={{ width: "25%" }}>{COMPARE_LABELS.service}</TableCell>
                  <TableCell sx={{ width: "30%" }}>{COMPARE_LABELS.image}</TableCell>
                  <TableCell>{COMPARE_LABELS.digest}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody sx={{ overflowWrap: "anywhere" }}>
                {images.map(({ service, image, digest }) => (
                  <TableRow key={`${service} ${image}`}>
                    <TableCell component="th" scope="row">{service}</TableCell>
                    <TableCell>{image}</TableCell>
                    <TableCell>{digest ?? COMPARE_LABELS.noDigest}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        )}
    </Flex>
  );
}
