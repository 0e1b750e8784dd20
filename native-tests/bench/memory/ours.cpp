#include "ours.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr size_t rows_a_call = 4096;

const uint8_t *utf8(const std::string &text)
{
    return reinterpret_cast<const uint8_t *>(text.data());
}

/* The ABI's structs have plain pointers, through which it never writes. */
uint8_t *borrowed(const std::string &text)
{
    return const_cast<uint8_t *>(utf8(text));
}

void must(bool good, const char *what)
{
    if (!good) {
        const char *why = rancog_last_error_message();
        std::fprintf(stderr, "bench_memory: %s: %s\n", what, why ? why : "no reason given");
        std::exit(1);
    }
}

/* Takes the text out of a result buffer. */
std::string taken(uint8_t *result, const char *what)
{
    must(result && rancog_last_status() == RANCOG_OK, what);
    uint32_t length = 0;
    std::memcpy(&length, result, sizeof length);
    std::string text(reinterpret_cast<const char *>(result) + 4, length);
    rancog_buffer_free(result);
    return text;
}

} // namespace

prepared_rows::prepared_rows(const dataset &data, size_t from, size_t count) : cells_(count), documents_(count), episodes_(count)
{
    for (size_t i = 0; i < count; i++) {
        const row_facts facts = facts_of(from + i);
        cells_[i] = cell_name(facts.cell);
        documents_[i] = document_of(from + i);
        rancog_episode &episode = episodes_[i];
        episode = rancog_episode();
        episode.struct_size = sizeof episode;
        episode.time_ns = facts.time_ns;
        episode.cell = borrowed(cells_[i]);
        episode.cell_length = cells_[i].size();
        episode.vector = const_cast<float *>(data.row((from + i) % data.rows));
        episode.dimension = dimension;
        episode.reward = facts.reward;
        episode.success = facts.success;
        episode.document = borrowed(documents_[i]);
        episode.document_length = documents_[i].size();
    }
}

size_t prepared_rows::bytes() const
{
    size_t sum = 0;
    for (const rancog_episode &episode : episodes_) {
        sum += episode.cell_length + episode.document_length + episode.dimension * sizeof(float) + 3 * sizeof(uint64_t);
    }
    return sum;
}

ours::ours(const std::string &path, metric which)
{
    const std::string options = std::string("{\"metric\":\"") + name_of(which) + "\"" + (path.empty() ? "" : ",\"path\":\"" + path + "\"") + "}";
    self_ = rancog_memory_create(utf8(options), options.size(), nullptr);
    must(self_, "create");
}

ours::~ours()
{
    rancog_memory_destroy(self_);
}

void ours::append(const prepared_rows &rows, durability promise)
{
    must(rancog_memory_append(self_, rows.episodes(), rows.count(), promise, nullptr) == RANCOG_OK, "append");
}

void ours::append_all(const dataset &data)
{
    for (size_t from = 0; from < data.rows; from += rows_a_call) {
        append(prepared_rows(data, from, std::min(rows_a_call, data.rows - from)), durability_none);
    }
}

size_t ours::search(const float *query, size_t k, const rancog_filter *filter, rancog_hit *hits) const
{
    size_t n = k;
    must(rancog_memory_search(self_, query, dimension, k, filter, hits, &n) == RANCOG_OK, "search");
    return n;
}

std::vector<size_t> ours::rows_of(const float *query, size_t k, const rancog_filter *filter) const
{
    std::vector<rancog_hit> hits(k);
    hits.resize(search(query, k, filter, hits.data()));
    std::vector<size_t> rows;
    for (const rancog_hit &hit : hits) {
        rows.push_back(hit.id - 1);
    }
    return rows;
}

void ours::store(const std::string &json)
{
    taken(rancog_memory_store(self_, utf8(json), json.size()), "store");
}

std::string ours::recall(const std::string &json) const
{
    return taken(rancog_memory_recall(self_, utf8(json), json.size()), "recall");
}

double ours::stat(const char *member) const
{
    const std::string text = taken(rancog_memory_get_stats(self_), "get_stats"), key = std::string("\"") + member + "\":";
    const size_t at = text.find(key);
    must(at != std::string::npos, "get_stats has not the member");
    return std::strtod(text.c_str() + at + key.size(), nullptr);
}
