/* SPDX-License-Identifier: ISC */
#ifndef BOOK_TAGS_H
#define BOOK_TAGS_H

#include "pack/pack.h"

/*
 * The chunks this module and the orders and links of index make.  All
 * numbers are little-endian; "blob" is a varint length and the bytes.
 *
 *	META	a JSON object, never absent: it holds "format" and "entries"
 *	ENTR	entries in blocks: zstd frames, one after another
 *	BLKS	a row a block: u64 offset in ENTR, u32 packed length, u32 plain
 *		length, u32 XXH3 (low half) of the packed bytes, u32 number of
 *		the first entry; a row {end of ENTR, 0, 0, 0, entries} closes
 *	ZDIC	the dictionary of the blocks; empty: none
 *	CARD	a card an entry: id title form:blob, kind lang:word; a word is
 *		a varint: 0 and a blob, or 1 + its place in WORD
 *	CARX	u64 offset in CARD of every 16th card
 *	WORD	varint count, blobs: kinds and languages met first
 *	IDSX	u32 numbers of entries, in bytewise order of their ids
 *	REFS	references: varint count, then key item:blob, by key
 *
 * A plain block: varint length of each of its entries, then the entries as
 * entry/encode.c writes them.
 */
#define TAG_META	TAG('M', 'E', 'T', 'A')
#define TAG_ENTRIES	TAG('E', 'N', 'T', 'R')
#define TAG_BLOCKS	TAG('B', 'L', 'K', 'S')
#define TAG_DICT	TAG('Z', 'D', 'I', 'C')
#define TAG_CARDS	TAG('C', 'A', 'R', 'D')
#define TAG_CARDX	TAG('C', 'A', 'R', 'X')
#define TAG_WORDS	TAG('W', 'O', 'R', 'D')
#define TAG_IDS		TAG('I', 'D', 'S', 'X')
#define TAG_REFS	TAG('R', 'E', 'F', 'S')

#define BLOCK_PLAIN	(16u << 10)	/* a block is closed past this */
#define BLOCK_MAX	(256u << 20)	/* one entry may be this large */
#define BLOCK_ROW	24
#define CARD_STEP	16
#define WORDS_MAX	4096

#endif
