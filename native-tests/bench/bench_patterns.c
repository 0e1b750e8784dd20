/* How often patterns are found that are there, and told where there are none: generated series through the ABI.
 * The argument (path of the library) is not needed: this program is linked to it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prng.h"
#include "rancognition.h"
#include "text.h"

#define SAMPLES 1008
#define HOUR_NS 3600000000000u
#define NOISE_SERIES 400
#define SEASON_SERIES 100  /* of each shape and period */
#define SEASON_NOISE 2000
#define PLANTED_SERIES 100

static const double pi = 3.14159265358979323846;

static double normal(uint64_t *random)
{
    return sqrt(-2 * log(1 - prng_unit(random))) * cos(2 * pi * prng_unit(random));
}

/* ---- noise that has no pattern ---- */

typedef enum { WHITE, AR5, AR9, WALK, STUDENT3, LOGNORMAL, NOISES } noise;

static const char *const noise_names[] = {"white", "autoregressive .5", "autoregressive .9", "random walk", "Student t, 3", "log-normal"};

static void make_noise(noise kind, double *x, size_t n, uint64_t *random)
{
    double state = 0, a, b, c;
    size_t t;
    for (t = 0; t < n; t++) {
        double e = normal(random);
        switch (kind) {
        case AR5: state = .5 * state + e; break;
        case AR9: state = .9 * state + e; break;
        case WALK: state += e; break;
        case STUDENT3:
            a = normal(random);
            b = normal(random);
            c = normal(random);
            state = e / sqrt((a * a + b * b + c * c) / 3);
            break;
        case LOGNORMAL: state = exp(e); break;
        default: state = e;
        }
        x[t] = state;
    }
}

/* ---- asking ---- */

/* The patterns of one metric "m"; release with rancog_buffer_free. */
static uint8_t *patterns_of(rancog_temporal *core, const double *x, size_t n)
{
    text t = {NULL, 0, 0};
    uint8_t *result;
    size_t i;
    text_add(&t, "{\"id\":\"b\",\"metrics\":{\"m\":{\"start_ns\":1700000000000000000,\"step_ns\":%llu,\"values\":[", (unsigned long long)HOUR_NS);
    for (i = 0; i < n; i++) {
        text_add(&t, i ? ",%.10g" : "%.10g", x[i]);
    }
    text_add(&t, "]}}}");
    result = rancog_temporal_analyze_temporal_patterns(core, text_u8(&t), t.length);
    if (rancog_last_status() != RANCOG_OK) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        exit(1);
    }
    text_free(&t);
    return result;
}

static int has_type(const uint8_t *result, const char *type)
{
    char field[64];
    snprintf(field, sizeof field, "\"pattern_type\":\"%s\"", type);
    return strstr((const char *)result + 4, field) != NULL;
}

static int has_period(const uint8_t *result, double period, double tolerance)
{
    const char *place = (const char *)result + 4;
    while ((place = strstr(place, "\"period_steps\":")) != NULL) {
        place += strlen("\"period_steps\":");
        if (fabs(atof(place) - period) <= tolerance) {
            return 1;
        }
    }
    return 0;
}

/* ---- the three tables ---- */

static void false_patterns(rancog_temporal *core)
{
    static double x[SAMPLES];
    int kind, i;
    printf("Pure noise, %d samples: calls that report any pattern\n", SAMPLES);
    for (kind = 0; kind < NOISES; kind++) {
        uint64_t random = 1000 + (uint64_t)kind;
        int told = 0;
        for (i = 0; i < NOISE_SERIES; i++) {
            uint8_t *result;
            make_noise((noise)kind, x, SAMPLES, &random);
            result = patterns_of(core, x, SAMPLES);
            told += strstr((const char *)result + 4, "pattern_type") != NULL;
            rancog_buffer_free(result);
        }
        printf("  %-52s %8.2f %% of %d\n", noise_names[kind], 100.0 * told / NOISE_SERIES, NOISE_SERIES);
    }
}

static double shape_at(int shape, double phase)
{
    switch (shape) {
    case 0: return sin(2 * pi * phase);
    case 1: return phase;
    case 2: return phase < .125;
    default: return .6 * sin(2 * pi * phase) + sin(4 * pi * phase + 1);
    }
}

static void seasons(rancog_temporal *core)
{
    static const int periods[] = {5, 7, 12, 24, 37, 64, 100, 144};
    static double x[SAMPLES];
    uint64_t random = 77;
    size_t p;
    int shape, i, t, found = 0, asked = 0, told = 0;
    for (p = 0; p < sizeof periods / sizeof periods[0]; p++) {
        for (shape = 0; shape < 4; shape++) {
            for (i = 0; i < SEASON_SERIES; i++) {
                double mean = 0, squares = 0;
                size_t offset = prng_below(&random, (size_t)periods[p]);
                uint8_t *result;
                for (t = 0; t < SAMPLES; t++) {
                    x[t] = shape_at(shape, (double)((t + (int)offset) % periods[p]) / periods[p]);
                    mean += x[t] / SAMPLES;
                }
                for (t = 0; t < SAMPLES; t++) {
                    squares += (x[t] - mean) * (x[t] - mean) / SAMPLES;
                }
                for (t = 0; t < SAMPLES; t++) {
                    x[t] = (x[t] - mean) / sqrt(squares) + normal(&random);
                }
                result = patterns_of(core, x, SAMPLES);
                found += has_period(result, periods[p], .01 * periods[p]);
                asked++;
                rancog_buffer_free(result);
            }
        }
    }
    printf("Seasons as strong as the noise (0 dB), %d samples, periods 5 to 144, four shapes\n", SAMPLES);
    printf("  %-52s %8.2f %% of %d\n", "period found within 1 %", 100.0 * found / asked, asked);
    for (i = 0; i < SEASON_NOISE; i++) {
        uint8_t *result;
        make_noise(WHITE, x, SAMPLES / 3, &random);
        result = patterns_of(core, x, SAMPLES / 3);
        told += has_type(result, "seasonality");
        rancog_buffer_free(result);
    }
    printf("  %-52s %8.2f %% of %d\n", "white noise without a season", 100.0 * (SEASON_NOISE - told) / SEASON_NOISE, SEASON_NOISE);
}

static void planted(rancog_temporal *core)
{
    static const char *const types[] = {"level_shift", "trend", "variance_shift", "outage", "spike", "dip", "surge", "flatline"};
    static double x[SAMPLES], e[SAMPLES];
    size_t type;
    int i, t;
    printf("A daily profile of 50 +- 20 with noise of 2.3, %d samples, one fault: told by its name\n", SAMPLES);
    for (type = 0; type < sizeof types / sizeof types[0]; type++) {
        uint64_t random = 5 + type;
        int found = 0;
        for (i = 0; i < PLANTED_SERIES; i++) {
            int at = 500 + (int)prng_below(&random, 300);
            uint8_t *result;
            make_noise(AR5, e, SAMPLES, &random);
            for (t = 0; t < SAMPLES; t++) {
                x[t] = 50 + 20 * sin(2 * pi * t / 24) + 2 * e[t];
                switch (type) {
                case 0: x[t] += t >= at ? 8 : 0; break;
                case 1: x[t] += .02 * t; break;
                case 2: x[t] += t >= at ? 4 * e[t] : 0; break;
                case 3: x[t] = t >= at && t < at + 6 ? 0 : x[t]; break;
                case 4: x[t] += t == at ? 40 : 0; break;
                case 5: x[t] -= t >= at && t < at + 3 ? 25 : 0; break;
                case 6: x[t] += t >= at && t < at + 8 ? 30 : 0; break;
                default: x[t] = t > at && t < at + 12 ? x[at] : x[t]; break;
                }
            }
            result = patterns_of(core, x, SAMPLES);
            found += has_type(result, types[type]);
            rancog_buffer_free(result);
        }
        printf("  %-52s %8.0f %% of %d\n", types[type], 100.0 * found / PLANTED_SERIES, PLANTED_SERIES);
    }
}

int main(void)
{
    rancog_temporal *core = rancog_temporal_create(200, 24, NULL);
    false_patterns(core);
    seasons(core);
    planted(core);
    rancog_temporal_destroy(core);
    return 0;
}
