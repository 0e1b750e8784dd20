/* What is stored and what is looked for: vectors of 64 dimensions, and the same cell, time, reward and metadata for a row in every set. */
#ifndef MEMORY_DATASET_HPP
#define MEMORY_DATASET_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

constexpr size_t dimension = 64;

struct dataset {
    std::string name;
    size_t rows = 0, queries = 0;
    std::vector<float> vectors;       /* rows x dimension */
    std::vector<float> query_vectors; /* queries x dimension; none of them is a row */

    const float *row(size_t at) const { return &vectors[at * dimension]; }
    const float *query(size_t at) const { return &query_vectors[at * dimension]; }
};

/* Normal deviations of 0.3 around centres, each with so many rows: with 10, half of the queries have their tenth neighbour in another cluster, far away. */
dataset make_clusters(size_t rows, size_t queries, size_t rows_a_centre = 100);

/* Every direction alike: the hardest that there is for an index. */
dataset make_isotropic(size_t rows, size_t queries);

/* Other columns of a row. */
struct row_facts {
    uint64_t time_ns;
    unsigned cell, vendor; /* 0..99: each is one row in a hundred, anywhere */
    double reward;         /* 0..1 */
    bool success;
};

row_facts facts_of(size_t row);
std::string cell_name(unsigned cell);
std::string vendor_name(unsigned vendor);

/* Time of row 0, and between rows. */
constexpr uint64_t first_time_ns = 1700000000000000000u, step_ns = 1000000000u;

/* The document of a row: metadata of three members and a tag, about 90 bytes of JSON. */
std::string document_of(size_t row);

#endif
