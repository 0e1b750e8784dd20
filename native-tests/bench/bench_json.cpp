/* JSON into numbers: histories and a document of 1 KB, through the C ABI and by simdjson when it is installed here.
 * Ours is a whole call: UTF-8 check, names, limits, copies and result included. The peer gets the same bytes and hands out the same numbers, nothing else. */
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#ifdef BENCH_SIMDJSON
#include <simdjson.h>
#endif

extern "C" {
#include "bench.h"
#include "prng.h"
}
#include "rancognition.h"

namespace {

constexpr size_t values_count = 20000;
constexpr size_t rounds = 200;
constexpr double goal_mb_s = 300;

/* A timeline with one history; its last field is refused, after all values were read and before any is looked at. */
const char *const before = "{\"id\":\"t\",\"metrics\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[";
const char *const after = "]}},\"constraints\":5}";

struct kind {
    const char *name, *format;
    double scale;
    unsigned null_every; /* 0: none */
};

const kind kinds[] = {
    {"1 decimal, as 61.5", "%.1f", 100, 0},       {"4 decimals, as 61.5432", "%.4f", 100, 0}, {"17 digits", "%.17g", 100, 0},
    {"whole numbers below 100000", "%.0f", 1e5, 0}, {"17 digits, 1e-9", "%.17g", 1e-9, 0},      {"2 decimals, one in ten null", "%.2f", 100, 10},
};

struct history {
    std::string text;
    double sum = 0; /* what every reader must find */
};

history write_history(const kind &which)
{
    history made;
    uint64_t random = 7;
    made.text = before;
    for (size_t i = 0; i < values_count; i++) {
        char number[40] = "null";
        if (which.null_every == 0 || i % which.null_every != 0) {
            std::snprintf(number, sizeof number, which.format, which.scale * prng_unit(&random));
            made.sum += std::strtod(number, nullptr);
        }
        made.text += i > 0 ? "," : "";
        made.text += number;
    }
    made.text += after;
    return made;
}

rancog_temporal *core;
bool wrong = false;

void expect(bool holds, const char *what)
{
    if (!holds && !wrong) {
        std::fprintf(stderr, "bench_json: %s\n", what);
        wrong = true;
    }
}

void ours(void *argument)
{
    const std::string &text = static_cast<history *>(argument)->text;
    rancog_buffer_free(rancog_temporal_analyze_temporal_patterns(core, reinterpret_cast<const uint8_t *>(text.data()), text.size()));
    expect(std::strstr(rancog_last_error_message(), "/constraints: expected an array") != nullptr, "the library did not read to the last field");
}

#ifdef BENCH_SIMDJSON
/* Adds up what a peer read, as the check that it read everything. */
void expect_sum(const std::vector<double> &values, const history &from)
{
    double sum = 0;
    for (double value : values) {
        sum += std::isnan(value) ? 0 : value;
    }
    expect(values.size() == values_count && std::fabs(sum - from.sum) <= 1e-9 * from.sum, "a peer read other numbers");
}

struct simdjson_input {
    const history *from;
    simdjson::padded_string text;
    simdjson::ondemand::parser parser;
    std::vector<double> values; /* kept, as the parser is */
};

const std::vector<double> &simdjson_read(simdjson_input &in)
{
    std::vector<double> &values = in.values;
    values.clear();
    simdjson::ondemand::document document = in.parser.iterate(in.text);
    for (simdjson::ondemand::value value : document["metrics"]["m"]["values"].get_array()) {
        values.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : double(value.get_double()));
    }
    return values;
}

void simdjson_history(void *argument)
{
    simdjson_read(*static_cast<simdjson_input *>(argument));
}
#endif

double mb_s(const history &from, void (*function)(void *), void *argument)
{
    return (double)from.text.size() / bench_quantile(bench_each(rounds, function, argument), rounds, 0.5) * 1e3;
}

void histories()
{
    std::printf("History arrays of %u values, MB/s (median of %u)\n  %-30s %10s", (unsigned)values_count, (unsigned)rounds, "", "ours");
#ifdef BENCH_SIMDJSON
    std::printf(" %10s", "simdjson");
#endif
    std::printf("   goal\n");
    for (const kind &which : kinds) {
        history made = write_history(which);
        double value = mb_s(made, ours, &made);
        std::printf("  %-30s %10.0f", which.name, value);
#ifdef BENCH_SIMDJSON
        simdjson_input in;
        in.text = simdjson::padded_string(made.text);
        expect_sum(simdjson_read(in), made);
        std::printf(" %10.0f", mb_s(made, simdjson_history, &in));
#endif
        std::printf("   >= %.0f: %s\n", goal_mb_s, value >= goal_mb_s ? "met" : "missed");
        std::fflush(stdout);
    }
}

/* 1 KB of histories of one sample each in a field that is only checked, so that nothing is computed. */
std::string document()
{
    std::string text = "{\"id\":\"t\",\"metrics\":{},\"own\":{";
    for (int i = 0; i < 13; i++) {
        text += (i ? ",\"NRCellDU=" : "\"NRCellDU=") + std::to_string(i) + "/RRU.PrbTotDl\":{\"start_ns\":0,\"step_ns\":1,\"values\":[61.5]}";
    }
    return text + "}}";
}

void ours_document(void *argument)
{
    const std::string &text = *static_cast<std::string *>(argument);
    rancog_buffer_free(rancog_temporal_analyze_temporal_patterns(core, reinterpret_cast<const uint8_t *>(text.data()), text.size()));
}

#ifdef BENCH_SIMDJSON
void simdjson_document(void *argument)
{
    static simdjson::dom::parser parser;
    const std::string &text = *static_cast<std::string *>(argument);
    expect(parser.parse(text).error() == simdjson::SUCCESS, "simdjson did not parse the document");
}
#endif

void documents()
{
    std::string text = document();
    bench_header("A document of 1 KB");
    bench_row("ours: JSON in + out, nothing to compute", bench_rounds(200, 100, ours_document, &text), 200, 1e3, "us", "<= 5");
#ifdef BENCH_SIMDJSON
    bench_row("simdjson: parse to a tree", bench_rounds(200, 100, simdjson_document, &text), 200, 1e3, "us", "");
#endif
}

} // namespace

int main()
{
    core = rancog_temporal_create(16, 4, nullptr);
    histories();
    documents();
#ifndef BENCH_SIMDJSON
    std::printf("missing: simdjson (Debian package libsimdjson-dev)\n");
#endif
    rancog_temporal_destroy(core);
    return wrong ? 1 : 0;
}
