#include "samples.h"

#include <math.h>

#include "prng.h"

const char sample_problem_full[] =
    "{\"id\":\"p-1\",\"network_id\":\"net-\\u00e9\",\"problem_type\":\"TemporalAnalysis\","
    "\"current_state\":{\"RRU.PrbTotDl\":61.5,\"DRB.UEThpDl\":2.35e4,\"NRCellDU=1/RRU.PrbTotUl\":-0.0,\"unknown\":null},"
    "\"objectives\":[\"maximize DRB.UEThpDl\",\"min p95(RRU.PrbTotDl)\",\"make it nice\"],"
    "\"constraints\":[\"RRU.PrbTotDl <= 70\",\"always[0,7200s](RRU.PrbTotDl <= 80)\",\"eventually[0,3600s](DRB.UEThpDl >= 20000)\",\"\"],"
    "\"history\":{\"RRU.PrbTotDl\":{\"start_ns\":1514764800000000000,\"step_ns\":900000000000,"
    "\"values\":[50,52.5,null,58,61,63,60,57,55,54,null,56,58,61,62,61.5]},"
    "\"DRB.UEThpDl\":{\"times_ns\":[1514764800000000000,1514765700000000000,1514766600000000000,1514767500000000000],"
    "\"values\":[24000,23900,23500,23500]}},"
    "\"horizon_ns\":7200000000000,\"deadline_ns\":1000000000,\"seed\":7,\"include_timeline\":true,"
    "\"tolerance\":{\"RRU.PrbTotDl\":2.5},\"x-own\":{\"a\":[true,false,null,{\"b\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}]}}";

const char sample_problem_document[] =
    "{\"id\":\"problem-1\",\"network_id\":\"network-1\",\"problem_type\":\"TemporalAnalysis\","
    "\"current_state\":{\"throughput\":85.0,\"latency\":12.5,\"prb_usage\":61.0},"
    "\"objectives\":[\"maximize throughput\",\"minimize latency\"],\"constraints\":[\"prb_usage <= 80\"]}";

const char sample_constraints[] =
    "[{\"id\":\"c1\",\"constraint_type\":\"max\",\"parameters\":{\"RRU.PrbTotDl\":75},\"priority\":1},"
    "{\"id\":\"c2\",\"constraint_type\":\"window\",\"parameters\":{\"RRU.PrbTotDl\":60,\"start_ns\":1514779200000000000,\"end_ns\":1514782800000000000},\"priority\":2},"
    "{\"id\":\"c3\",\"constraint_type\":\"max_rate\",\"parameters\":{\"DRB.UEThpDl\":500},\"priority\":255},"
    "{\"id\":\"c4\",\"constraint_type\":\"nonsense\",\"parameters\":{},\"priority\":0}]";

const char sample_timeline[] =
    "{\"id\":\"t-1\",\"metrics\":{\"RRU.PrbTotDl\":{\"start_ns\":1514764800000000000,\"step_ns\":3600000000000,"
    "\"values\":[5,6,9,14,9,6,5,6,9,15,9,6,5,6,9,14,9,6,5,6,9,13,9,6,5,6,40,14,9,6]},"
    "\"DRB.UEThpDl\":{\"times_ns\":[1514764800000000000,1514768400000000000,1514772000000000000],\"values\":[1.5,null,2.5e0]}},"
    "\"constraints\":[{\"id\":\"c1\",\"constraint_type\":\"max\",\"parameters\":{\"RRU.PrbTotDl\":12},\"priority\":1}]}";

const char sample_problems[] =
    "[{\"id\":\"a\",\"network_id\":\"n\",\"problem_type\":\"TemporalAnalysis\",\"current_state\":{\"m\":1},\"objectives\":[],\"constraints\":[],"
    "\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1000000000,\"values\":[1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1]}},\"seed\":1},"
    "{\"network_id\":\"no id\"},"
    "{\"id\":\"c\",\"network_id\":\"n\",\"problem_type\":\"own\",\"current_state\":{},\"objectives\":[],\"constraints\":[]}]";

const char sample_scheduler_options[] =
    "{\"mode\":\"virtual\",\"start_time\":5,\"capacity\":1000,\"data_bytes\":65536,\"spin_ns\":1000,\"missed\":\"skip\",\"expansion_factor\":50,\"temporal_resolution\":8}";

const char sample_loader_options[] =
    "{\"memorySize\":16,\"maxMemorySize\":1024,\"enableSIMD\":true,\"enable_bulk_memory\":false,\"enableMultiThreading\":false}";

const char sample_temporal_config[] = "{\"expansion_factor\":50,\"temporal_resolution\":8}";

const char sample_pool_options[] = "{\"budget_bytes\":1048576,\"retain_bytes\":65536,\"note\":[1,{\"a\":null}]}";

const char sample_task_type[] =
    "{\"type\":{\"Custom\":\"tilt\"},\"after\":[],\"deadline_ns\":1000000,\"drop_late\":true,"
    "\"retry\":{\"attempts\":3,\"backoff_ns\":1000,\"factor\":2,\"backoff_max_ns\":50000},\"missed\":\"skip\"}";

const char sample_snapshot[] =
    "{\"version\":1,\"mode\":\"virtual\",\"current_time\":42,\"next_task_id\":20,\"tasks\":["
    "{\"id\":4,\"execute_time\":100,\"priority\":0,\"type\":\"TemporalAnalysis\",\"data\":\"{}\"},"
    "{\"id\":7,\"execute_time\":90,\"priority\":9,\"type\":{\"Custom\":\"tilt\"},\"data_base64\":\"AP8=\",\"series_id\":6,\"interval\":10,\"max_executions\":3,"
    "\"executions\":1,\"period_time\":90},"
    "{\"id\":9,\"execute_time\":100,\"priority\":1,\"type\":{\"type\":\"Optimization\",\"after\":[4],\"deadline_ns\":5,\"drop_late\":false,"
    "\"retry\":{\"attempts\":2,\"backoff_ns\":1,\"factor\":1.5,\"backoff_max_ns\":9}},\"payload\":3}]}";

const char sample_result[] =
    "{\"timeline_id\":\"t\",\"problem_id\":\"p <b>&amp;\",\"network_id\":\"n\",\"expansion_factor\":200,\"temporal_resolution\":8,\"scenarios\":200,"
    "\"base_duration\":7200000000000,\"expanded_duration\":1440000000000000,\"deadline_reached\":false,"
    "\"patterns\":[{\"id\":\"1\",\"pattern_type\":\"spike\",\"confidence\":0.99,\"start_time\":1514764800000000000,\"end_time\":1514768400000000000,"
    "\"metric\":\"m\",\"parameters\":{\"value\":3.5},\"p_value\":0.01}],"
    "\"insights\":[{\"description\":\"m rose\",\"confidence\":0.9,\"actionable\":true,\"impact\":\"low\",\"fields\":[\"/patterns/0\"]}],"
    "\"predictions\":[{\"metric\":\"m\",\"predicted_value\":1.5,\"confidence\":0.8,\"time_horizon\":3600000000000,\"lower\":null,\"upper\":null,"
    "\"coverage\":0.95,\"tolerance\":0.1,\"model\":\"last_value\"}],\"verdicts\":[],\"objectives\":[],\"metrics\":[],"
    "\"series\":[{\"metric\":\"m\",\"start_ns\":1514764800000000000,\"step_ns\":3600000000000,\"values\":[1,null,2,3.5],"
    "\"forecast\":{\"start_ns\":1514779200000000000,\"step_ns\":3600000000000,\"mean\":[1,2],\"lower\":[0,1],\"upper\":[2,3],\"quantiles\":[]},"
    "\"anomalies\":[],\"change_points\":[],\"limits\":[]}],\"confidence\":0.5,\"execution_time\":1000,"
    "\"performance_metrics\":{\"total_executions\":1,\"last_execution_time\":1000,\"average_execution_time\":1000,\"error_count\":0,\"memory_usage\":1},\"ignored\":[]}";

void sample_kpi(double *values, size_t n, uint64_t seed)
{
    const double turn = 6.283185307179586;
    uint64_t state = seed;
    size_t i;
    for (i = 0; i < n; i++) {
        double day = sin(turn * (double)i / 24.0);
        double week = cos(turn * (double)i / 168.0);
        double noise = prng_unit(&state) + prng_unit(&state) + prng_unit(&state) - 1.5;
        values[i] = 50.0 + 15.0 * day + 5.0 * week + 2.0 * noise + (i > n * 3 / 4 ? 8.0 : 0.0);
        if (prng_below(&state, 200) == 0) {
            values[i] = NAN;
        }
    }
}

void sample_history(text *t, size_t n, uint64_t seed)
{
    double values[4096];
    size_t i;
    n = n < 4096 ? n : 4096;
    sample_kpi(values, n, seed);
    text_add(t, "{\"start_ns\":%llu,\"step_ns\":%llu,\"values\":[", (unsigned long long)SAMPLE_START_NS,
             (unsigned long long)SAMPLE_HOUR_NS);
    for (i = 0; i < n; i++) {
        text_add(t, i == 0 ? "" : ",");
        if (isnan(values[i])) {
            text_add(t, "null");
        } else {
            text_add(t, "%.4f", values[i]);
        }
    }
    text_add(t, "]}");
}

text sample_problem(size_t n, size_t horizon, int include_timeline)
{
    text t = {NULL, 0, 0};
    text_add(&t,
             "{\"id\":\"p\",\"network_id\":\"net\",\"problem_type\":\"TemporalAnalysis\",\"current_state\":{},"
             "\"objectives\":[\"minimize RRU.PrbTotDl\"],\"constraints\":[\"RRU.PrbTotDl <= 80\",\"always[0,86400s](RRU.PrbTotDl <= 85)\"],"
             "\"seed\":42,\"horizon_ns\":%llu,\"include_timeline\":%s,\"history\":{\"RRU.PrbTotDl\":",
             (unsigned long long)(horizon * SAMPLE_HOUR_NS), include_timeline ? "true" : "false");
    sample_history(&t, n, 5);
    text_add(&t, "}}");
    return t;
}

const char sample_memory_options[] = "{\"dimension\":3,\"metric\":\"cosine\",\"durability\":\"none\",\"max_rows\":100}";

const char sample_memory_episode[] =
    "{\"id\":50,\"time_ns\":7,\"network_id\":\"n\",\"cell\":\"c\",\"problem_type\":\"p\",\"situation\":{\"a\":1.5},\"action\":[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"tilt\","
    "\"before\":1,\"after\":2}],\"outcome\":{\"b\":-2},\"reward\":0.5,\"success\":true,\"tags\":[\"t\"],\"metadata\":{\"k\":[1,{\"l\":null}]},\"text\":\"w\\u00e4\"}";

const char sample_memory_query[] =
    "{\"situation\":{\"a\":2},\"text\":\"words\",\"k\":1,\"filter\":{\"cell\":{\"$nin\":[\"x\",\"y\"]},\"metadata.k\":{\"$exists\":false}},\"weights\":{\"similarity\":1,\"recency\":0.5,"
    "\"reward\":0.25,\"text\":1},\"half_life_ns\":5,\"mmr_lambda\":0.5,\"as_of_ns\":9000000000000000000,\"explain\":true}";

const char sample_memory_update[] = "{\"id\":1,\"outcome\":{\"b\":-2},\"reward\":null,\"tags\":[\"late\"],\"known_ns\":5000000000000000000}";

const char sample_memory_request[] = "{\"op\":\"skills\",\"min_count\":1,\"half_life_ns\":1000,\"coverage\":0.9,\"filter\":{\"cell\":\"\"}}";
