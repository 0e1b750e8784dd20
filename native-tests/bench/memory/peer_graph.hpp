/* hnswlib, when it was found at configure time (Debian: libhnswlib-dev). */
#ifndef MEMORY_PEER_GRAPH_HPP
#define MEMORY_PEER_GRAPH_HPP

#include <functional>
#include <memory>

#include "truth.hpp"

class graph {
public:
    virtual ~graph() = default;
    virtual void set_effort(size_t ef) = 0;
    virtual std::vector<size_t> rows_of(const float *query, size_t k) = 0;
    virtual void search(const float *query, size_t k) = 0; /* the same, its answer taken but not kept: to be timed */
    virtual void keep_only(const std::function<bool(size_t)> &passes) = 0; /* all others are marked as deleted */
    virtual void add(const float *vector, size_t row) = 0;
};

/* M 16, ef_construction 200: its own defaults. Room for more rows than the set has. nullptr without hnswlib. */
std::unique_ptr<graph> make_graph(const dataset &data, metric which, size_t spare_rows = 0);

#endif
