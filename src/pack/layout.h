/* SPDX-License-Identifier: ISC */
#ifndef PACK_LAYOUT_H
#define PACK_LAYOUT_H

/*
 * A file, all numbers little-endian:
 *
 *	header	 0  magic, 8 bytes: 89 'L' 'E' 'I' 'S' 'H' 'U' 0a
 *		 8  u32 version of the format
 *		12  u32 number of chunks
 *		16  u64 offset of the table
 *		24  u64 XXH3 of the table
 *		32  u64 XXH3 of bytes 0 to 31
 *	chunks	each at the next multiple of 8; the bytes between are 0
 *	table	at the next multiple of 8, to the end of the file; a row:
 *		 0  u32 tag, four letters
 *		 4  u32 0
 *		 8  u64 offset
 *		16  u64 length
 *		24  u64 XXH3 of the chunk
 *
 * Rows stand in the order of the chunks, tags are unequal, nothing overlaps
 * and nothing is left over: there is no byte that no sum or rule covers.
 */
#define PACK_MAGIC	"\x89LEISHU\n"
#define PACK_VERSION	1
#define PACK_HEAD	40
#define PACK_ROW	32
#define PACK_ALIGN	8

#endif
