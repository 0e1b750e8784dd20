#include "dataset.hpp"

#include <cstdio>
#include <random>

extern "C" {
#include "prng.h"
}

namespace {

constexpr float spread = 0.3f;

/* Random, and the same for a row wherever it is asked for. */
uint64_t hash_of(size_t row, uint64_t salt)
{
    uint64_t state = row * 1000003u + salt;
    return prng_next(&state);
}

} // namespace

dataset make_clusters(size_t rows, size_t queries, size_t rows_a_centre)
{
    const size_t centres = rows / rows_a_centre + 1;
    dataset made;
    made.name = "clusters of " + std::to_string(rows_a_centre);
    made.rows = rows;
    made.queries = queries;
    std::mt19937_64 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> middle(centres * dimension);
    for (float &value : middle) {
        value = normal(random);
    }
    const auto fill = [&](std::vector<float> &all, size_t count) {
        all.resize(count * dimension);
        for (size_t i = 0; i < count; i++) {
            const size_t centre = random() % centres;
            for (size_t j = 0; j < dimension; j++) {
                all[i * dimension + j] = middle[centre * dimension + j] + spread * normal(random);
            }
        }
    };
    fill(made.vectors, rows);
    fill(made.query_vectors, queries);
    return made;
}

dataset make_isotropic(size_t rows, size_t queries)
{
    dataset made;
    made.name = "isotropic";
    made.rows = rows;
    made.queries = queries;
    std::mt19937_64 random(2);
    std::normal_distribution<float> normal;
    made.vectors.resize(rows * dimension);
    made.query_vectors.resize(queries * dimension);
    for (std::vector<float> *all : {&made.vectors, &made.query_vectors}) {
        for (float &value : *all) {
            value = normal(random);
        }
    }
    return made;
}

row_facts facts_of(size_t row)
{
    row_facts facts;
    facts.time_ns = first_time_ns + row * step_ns;
    facts.cell = static_cast<unsigned>(hash_of(row, 1) % 100);
    facts.vendor = static_cast<unsigned>(hash_of(row, 2) % 100);
    facts.reward = static_cast<double>(hash_of(row, 3) >> 11) / 9007199254740992.0;
    facts.success = facts.reward >= 0.5;
    return facts;
}

std::string cell_name(unsigned cell)
{
    return "NRCellDU=" + std::to_string(cell);
}

std::string vendor_name(unsigned vendor)
{
    return "vendor-" + std::to_string(vendor);
}

std::string document_of(size_t row)
{
    char text[160];
    std::snprintf(text, sizeof text, "{\"metadata\":{\"vendor\":\"%s\",\"band\":\"n%u\",\"load\":%.3f},\"tags\":[\"%s\"]}", vendor_name(facts_of(row).vendor).c_str(),
                  static_cast<unsigned>(hash_of(row, 4) % 78) + 1, static_cast<double>(hash_of(row, 5) % 1000) / 1000, row % 2 ? "night" : "day");
    return text;
}
