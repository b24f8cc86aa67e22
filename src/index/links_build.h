/* SPDX-License-Identifier: ISC */
#ifndef INDEX_LINKS_BUILD_H
#define INDEX_LINKS_BUILD_H

#include "index/index.h"

/*
 * Makes the chunks of links.h in bounded memory.  The steps come in this
 * order, each over all entries or ids:
 *
 *	links_builder_targets	what the entries link to
 *	links_builder_names	what the entries are called
 *	links_builder_id	ids, in bytewise order
 *	links_builder_finish
 *
 * Failures are sticky and given by finish.
 */
struct links_builder;

/*
 * Told for every link that leads nowhere, and for every one whose name
 * several entries have in their titles (or in their names, where none has
 * it in its title), in the order of entries and of nodes.  place is what
 * links_builder_targets got.
 */
enum link_trouble { LINK_NOWHERE, LINK_SEVERAL };
typedef void links_trouble(void *ctx, enum link_trouble what, uint32_t no,
    uint64_t place, uint32_t node);

int	links_builder_new(const struct index_opts *o, struct links_builder **ret) MUST_CHECK;
void	links_builder_free(struct links_builder *b);
void	links_builder_targets(struct links_builder *b, uint32_t no,
	    const struct entry *e, uint64_t place);
void	links_builder_names(struct links_builder *b, uint32_t no, const struct entry *e);
void	links_builder_id(struct links_builder *b, struct bytes id, uint32_t no);
/* Adds to indegree[0..n_entries), which the caller has set to 0. */
int	links_builder_finish(struct links_builder *b, uint32_t *indegree,
	    uint32_t n_entries, links_trouble *tell, void *ctx,
	    struct pack_writer *w) MUST_CHECK;

#endif
