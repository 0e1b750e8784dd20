/* A memory through the C ABI. Ids are rows + 1. What fails ends the benchmark with the library's own words. */
#ifndef MEMORY_OURS_HPP
#define MEMORY_OURS_HPP

#include <string>
#include <vector>

#include "dataset.hpp"
#include "rancognition.h"
#include "truth.hpp"

enum durability { durability_none = 0, durability_group = 1, durability_sync = 2 };

/* Episodes of rows, ready to append: what it takes to make them is not timed. */
class prepared_rows {
public:
    prepared_rows(const dataset &data, size_t from, size_t count);
    const rancog_episode *episodes() const { return episodes_.data(); }
    size_t count() const { return episodes_.size(); }
    size_t bytes() const; /* of vectors, cells and documents */

private:
    std::vector<std::string> cells_, documents_;
    std::vector<rancog_episode> episodes_;
};

class ours {
public:
    /* path "" = in the process. */
    ours(const std::string &path, metric which);
    ~ours();
    ours(const ours &) = delete;
    ours &operator=(const ours &) = delete;

    void append(const prepared_rows &rows, durability promise);
    void append_all(const dataset &data);
    size_t search(const float *query, size_t k, const rancog_filter *filter, rancog_hit *hits) const;
    std::vector<size_t> rows_of(const float *query, size_t k, const rancog_filter *filter) const;
    void store(const std::string &json);
    std::string recall(const std::string &json) const;
    double stat(const char *member) const; /* a number of rancog_memory_get_stats */

private:
    rancog_memory *self_;
};

#endif
