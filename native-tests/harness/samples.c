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

const char sample_optimization_options[] = "{\"seed\":3,\"threads\":2}";

const char sample_optimization_function[] =
    "{\"function\":{\"suite\":\"bbob\",\"id\":8,\"dimension\":2,\"instance\":3},\"variables\":[{\"name\":\"a\",\"type\":\"real\",\"lower\":-5,\"upper\":5},"
    "{\"name\":\"b\",\"type\":\"real\",\"lower\":-5,\"upper\":5}],\"objectives\":[{\"name\":\"f\",\"sense\":\"min\"}],\"budget\":{\"evaluations\":20,\"deadline_ns\":1000000000},\"target\":-1e9,"
    "\"best_known\":5.5,\"seed\":3,\"threads\":2,\"starts\":[[0.5,-1]]}";

const char sample_optimization_problem[] =
    "{\"variables\":[{\"name\":\"a\",\"type\":\"real\",\"lower\":-1,\"upper\":2,\"step\":0.25,\"initial\":0.5,\"max_change\":1},{\"name\":\"b\",\"type\":\"integer\",\"lower\":0,\"upper\":8,\"step\":2},"
    "{\"name\":\"c\",\"type\":\"ordered\",\"values\":[0.5,1,4]},{\"name\":\"d\",\"type\":\"binary\",\"initial\":1},{\"name\":\"e\",\"type\":\"category\",\"values\":[\"p\",\"q\",7]}],"
    "\"objectives\":[{\"name\":\"o\",\"sense\":\"max\"}],\"constraints\":[{\"name\":\"g\"}],\"budget\":{\"evaluations\":12},\"reference_point\":[3],\"starts\":[[0.5,2,1,0,1]],\"seed\":9}";

#define SAMPLE_LINKS \
    "\"links\":{\"loss_db\":[[90,104.5],[108,93],[97,99]],\"azimuth_deg\":[[25,-40],[100,170],[0,35]],\"zenith_deg\":[[94,96],[99,92],[95,95]],\"weights\":[1,2,0.5]},\"traffic_mbps\":30," \
    "\"cells\":[{\"azimuth_deg\":30,\"tilt_deg\":96,\"power_dbm\":43,\"on\":true,\"cio_db\":0,\"site\":0},{\"azimuth_deg\":150,\"site\":1},{\"azimuth_deg\":20,\"site\":1}]"

const char sample_optimization_energy[] =
    "{\"problem_type\":\"ES\",\"network\":{" SAMPLE_LINKS "},\"limits\":{\"max_load\":0.9,\"coverage_loss\":0.5,\"p5_loss\":null},\"budget\":{\"evaluations\":8},\"include_map\":true,\"threads\":2}";

const char sample_optimization_coverage[] =
    "{\"problem_type\":\"CCO\",\"network\":{" SAMPLE_LINKS "},\"limits\":{\"tilt_min\":92,\"tilt_max\":110,\"tilt_step\":0.5,\"power_min\":40,\"power_max\":46},\"budget\":{\"evaluations\":9}}";

const char sample_optimization_identities[] =
    "{\"problem_type\":\"PCI\",\"pci\":{\"cells\":4,\"relations\":[[1,2],[2,3],[3,4]],\"weights\":[1,2,1],\"values\":[3,4,5,6],\"present\":[3,3,4,5],\"confusion\":true},\"budget\":{\"evaluations\":20}}";

const char sample_optimization_slices[] =
    "{\"problem_type\":\"SLICE\",\"slices\":{\"list\":[{\"name\":\"a\",\"demand_mbps\":20,\"spectral_efficiency\":3,\"weight\":2,\"min_share\":0.1,\"max_share\":0.8,\"min_rate_mbps\":5,\"share\":0.5},"
    "{\"name\":\"b\",\"spectral_efficiency\":2,\"share\":0.5}],\"bandwidth_mhz\":20,\"objective\":\"proportional_fair\",\"step_percent\":5},\"budget\":{\"evaluations\":20}}";

const char sample_optimization_mobility[] =
    "{\"problem_type\":\"MRO\",\"mobility\":{\"traces\":[{\"rsrp_dbm\":[[-80,-95],[-85,-88],[-92,-84],[-97,-80]]},[[-90,-82],[-88,-86],[-85,-91],[-80,-96]]],\"step_ms\":100,\"filter_k\":4,\"noise_dbm\":-120,\"load\":0.5,"
    "\"qout_db\":-8,\"qin_db\":-6,\"t310_ms\":1000,\"execution_ms\":50,\"reestablishment_ms\":100,\"min_stay_ms\":1000,\"weights\":{\"too_late\":1,\"too_early\":1,\"wrong_cell\":1,\"ping_pong\":0.5,\"handover\":0.01},"
    "\"present\":{\"a3_offset_db\":3,\"hysteresis_db\":1,\"time_to_trigger_ms\":160},\"per_cell\":false},\"budget\":{\"evaluations\":6}}";

const char sample_network[] =
    "{\"layout\":{\"type\":\"hexagonal\",\"sites\":1,\"inter_site_distance_m\":400,\"wraparound\":false},\"propagation\":{\"model\":\"UMi\",\"frequency_ghz\":3.5,\"seed\":4,\"shadowing\":true},"
    "\"points\":[{\"x\":60,\"y\":-40.5,\"weight\":2,\"indoor\":true},{\"x\":-80,\"y\":20},{\"x\":10,\"y\":90,\"weight\":0.5}],\"antenna\":{\"model\":\"TR36814\",\"rows\":8},\"bandwidth_mhz\":10,\"noise_figure_db\":7,"
    "\"efficiency\":{\"bandwidth\":0.6,\"sinr\":0.8},\"traffic_mbps\":12,\"cells\":[{\"azimuth_deg\":0,\"tilt_deg\":100,\"power_dbm\":40,\"on\":true,\"cio_db\":1,\"site\":0,\"carrier\":0},{\"azimuth_deg\":180,\"on\":false},"
    "{\"azimuth_deg\":180,\"carrier\":1}],\"carriers\":[{\"frequency_ghz\":3.5,\"bandwidth_mhz\":10},{\"frequency_ghz\":2,\"bandwidth_mhz\":5}],\"energy\":{\"active_w\":100,\"load_w\":60,\"sleep_w\":10},\"coverage_rsrp_dbm\":-110}";

const char sample_loop_options[] = "{\"aci_step\":0.25,\"levels\":3}";

#define SAMPLE_SEARCH "\"tolerance\":1e-9,\"max_iterations\":60,\"anderson_depth\":3,\"deadline_ns\":50000000"

const char sample_loop_linear[] =
    "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,-0.25],[1.5e-1,0.75]],\"offset\":[1,-2]},\"x0\":[0,3],\"method\":\"anderson\"," SAMPLE_SEARCH ",\"jacobian\":[[0.5,-0.25],[0.15,0.75]]}";

const char sample_loop_coupling[] = "{\"map\":{\"type\":\"load_coupling\",\"network\":{" SAMPLE_LINKS "}},\"x0\":[0.1,0.2,0],\"method\":\"auto\"," SAMPLE_SEARCH "}";

const char sample_loop_expression[] =
    "{\"map\":{\"type\":\"expression\",\"variables\":[\"x\",\"y_1\"],\"expressions\":[\"cos(x)*0.5^2 + max(y_1, -pi)/3\",\"if(x > 0, sqrt(abs(x)), exp(-y_1)) - min(1e-2, x)\"]},"
    "\"x0\":[1,2],\"method\":\"newton\"," SAMPLE_SEARCH "}";

const char sample_loop_with[] = "{\"x0\":[1,-0.5,2],\"method\":\"aitken\"," SAMPLE_SEARCH ",\"jacobian\":[[0,1,0],[0,0,1],[1,0,0]]}";

const char sample_loop_observation[] =
    "{\"loop_id\":\"l\",\"time_ns\":9,\"observed\":{\"m\":1.25},\"predict\":{\"m\":{\"mean\":1,\"lower\":0.5,\"upper\":null,\"coverage\":0.9},\"n\\u00e9\":{\"lower\":-1,\"upper\":1}},"
    "\"experts\":{\"a\":{\"m\":1,\"n\\u00e9\":0},\"b\":{\"m\":2e0,\"n\\u00e9\":-0.0}},\"actions\":[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"tilt\",\"before\":null,\"after\":2}]}";

const char sample_loop_conflicts[] =
    "{\"groups\":[{\"groupName\":\"g\",\"parameters\":[{\"changeTarget\":\"cell\",\"parameterName\":\"p\"},{\"parameterName\":\"q\"}]}],\"commands\":["
    "{\"source\":\"ES\",\"command\":\"set\",\"targetParameter\":\"p\",\"targetValue\":1.5,\"targetCell\":\"c\",\"timestamp\":\"Wed Jan 01 00:00:00.000 2020\",\"controlTimespan\":\"60000\"},"
    "{\"source\":\"MLB\",\"targetParameter\":\"q\",\"targetValue\":\"on\",\"targetCell\":\"c\",\"timestamp\":\"2020-01-01T00:00:30Z\",\"controlTimespan\":60000000000},"
    "{\"source\":7,\"targetParameter\":\"r\",\"targetValue\":true,\"targetCell\":8,\"timestamp\":1577836830000000000,\"controlTimespan\":5}],"
    "\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1577836800000000000,\"value\":3.5,\"better\":\"low\"},{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":\"2020-01-01T00:00:01Z\",\"value\":null,\"better\":\"low\"}],"
    "\"loops\":{\"names\":[\"ES\",\"MLB\"],\"gain\":[[0,-1.25],[0.5,0]]},\"keep\":true,\"time_ns\":1577836800000000000}";

const char sample_loop_state[] =
    "{\"version\":1,\"aci_step\":0.1,\"levels\":1,\"loops\":[{\"loop_id\":\"l\",\"time_ns\":8,\"metrics\":{\"m\":{\"observations\":1,\"bias\":0,\"gain\":1,\"interval_scale\":0.9346380608805515,"
    "\"coverage\":{\"value\":1,\"target\":0.8,\"bound\":9.000000000000009,\"miscoverage\":0.21999999999999995,\"steps\":1,\"covered\":1},\"open\":{\"mean\":3.8000000000000003,"
    "\"has_interval\":true,\"half_lower\":1,\"half_upper\":2,\"centre_offset\":0,\"corrected_mean\":3.8000000000000003,\"lower\":2.865361939119449,\"upper\":5.669276121761103,\"empty\":false},\"setting\":{"
    "\"memory\":64,\"damping\":1,\"score_window\":64},\"scores\":[0.5],\"records\":[{\"memory\":64,\"weight\":1,\"mean_forecast\":3.5,\"mean_error\":1,\"forecast_squares\":0,\"products\":0,"
    "\"error_squares\":0,\"typical_error\":1,\"given_variance\":1.369967760849925,\"outliers_in_a_row\":0}]}},\"experts\":{\"weights\":{\"a\":0.2,\"b\":0.8},\"regret\":{\"value\":0.5,"
    "\"bound\":1.0000000000000027,\"steps\":1,\"mixture_loss\":0.5,\"mixability_gap\":0.5,\"largest_spread\":1},\"losses\":{\"a\":1,\"b\":0},\"open_metrics\":[\"m\"],\"open_values\":[[3],[4]]},"
    "\"actions\":[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"tilt\",\"before\":1,\"after\":2}]}],\"groups\":[{\"groupName\":\"g\",\"parameters\":[{\"changeTarget\":\"cell\","
    "\"parameterName\":\"p\"}]}],\"live_commands\":[{\"source\":\"a\",\"command\":\"set\",\"targetParameter\":\"p\",\"targetValue\":\"1.5\",\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":5},{"
    "\"source\":\"b\",\"command\":\"\",\"targetParameter\":\"q\",\"targetValue\":\"on\",\"targetCell\":\"c\",\"timestamp\":11,\"controlTimespan\":5}],\"live_places\":[0,1],\"next_command\":2,"
    "\"execution_time\":0,\"ignored\":[]}";

const char sample_cognition_options[] = "{\"seed\":9,\"max_message_bytes\":1000000,\"path\":null,\"record_to\":null}";

const char sample_cognition_problem[] =
    "{\"id\":\"p-1\",\"network_id\":\"net-\\u00e9\",\"problem_type\":\"MRO\",\"mode\":\"SHADOW\",\"current_state\":{\"m\":1.5,\"NRCellDU=2/RRU.PrbTotDl\":40},\"objectives\":[\"minimize m\"],\"constraints\":[\"m <= 2\"],"
    "\"history\":{\"NRCellRelation=1-2/MM.HoExeInterReq\":{\"start_ns\":1514764800000000000,\"step_ns\":900000000000,\"values\":[200,210,null,190]},"
    "\"NRCellRelation=1-2/HO.IntraSys.TooLate\":{\"start_ns\":1514764800000000000,\"step_ns\":900000000000,\"values\":[30,29,31,28]}},\"horizon_ns\":3600000000000,\"deadline_ns\":1000000000,\"seed\":7,"
    "\"candidates\":[[{\"managedObject\":\"NRCellRelation=1-2\",\"attribute\":\"cellIndividualOffset\",\"after\":2}],[]],\"configuration\":{\"NRCellRelation=1-2\":{\"cellIndividualOffset\":1,\"on\":true,\"note\":null}},"
    "\"protected\":[\"NRCellDU=9\"],\"guards\":{\"PACING\":{\"min_interval_ns\":5},\"AT_BOUND\":{\"a3Offset\":[-6,6.5]},\"MAX_CHANGE\":{\"hysteresis\":1},\"LOW_CONFIDENCE\":{\"min\":0.25},\"INSUFFICIENT_SAMPLES\":{\"min_attempts\":50},"
    "\"NOT_ALLOWED\":{\"attributes\":[\"cellIndividualOffset\"]},\"TARGET_RECENTLY_WOKEN\":{\"min_ns\":1},\"CONFLICT\":false},\"time_ns\":1514768400000000000,\"observe_ns\":900000000000,\"rollback_condition\":\"m > 3\","
    "\"target_probability\":0.75,\"commands\":[{\"source\":\"ES\",\"targetParameter\":\"p\",\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":5,\"controlTimespan\":6}],\"x-own\":[{\"a\":\"\\\"\"}]}";

const char sample_cognition_intent[] =
    "{\"id\":\"i\",\"userLabel\":\"u\",\"intentExpectations\":[{\"expectationId\":\"e\",\"expectationVerb\":\"DELIVER\",\"expectationTargets\":[{\"targetName\":\"LowSINRTargetRatio\",\"targetCondition\":\"IS_LESS_THAN\","
    "\"targetValueRange\":5},{\"targetName\":\"m\",\"targetCondition\":\"IS_WITHIN_RANGE\",\"targetValueRange\":[1,2.5]}]}],\"current_state\":{\"m\":2},\"rollback\":{\"condition\":\"m > 3\",\"observe_ns\":5}}";

const char sample_cognition_network[] = "{\"problem_type\":\"ES\",\"deadline_ns\":0,\"network\":{" SAMPLE_LINKS "},\"objectives\":[\"minimize energy_w\"],\"constraints\":[\"max_load <= 0.9\"]}";

const char sample_cognition_outcome[] = "{\"decision_id\":1,\"time_ns\":1800000000000000000,\"observed\":{\"m\":2.5,\"n\\u00e9\":-1e1,\"k\":null},\"executed\":true}";

const char sample_cognition_rows[] =
    "{\"rows\":[{\"time_ns\":1514764800000000000,\"object\":\"NRCellDU=1\",\"metric\":\"RRU.PrbTotDl\",\"value\":12.5},{\"time_ns\":1514765700000000000,\"object\":\"NRCellDU=1\",\"metric\":\"RRU.PrbTotDl\",\"value\":\"14,15\"},"
    "{\"time_ns\":\"soon\",\"object\":\"NRCellDU=\\u00e9\",\"metric\":\"m\",\"value\":1},{\"time_ns\":1514765700000000000,\"object\":\"o\",\"metric\":\"m\",\"value\":\"many\"}],\"source\":{}}";

const char sample_cognition_event[] =
    "{\"event\":{\"commonEventHeader\":{\"domain\":\"perf3gpp\",\"startEpochMicrosec\":1514764800000000,\"lastEpochMicrosec\":1514765700000000,\"sourceName\":\"g\"},\"perf3gppFields\":{\"perf3gppFieldsVersion\":\"1.0\","
    "\"measDataCollection\":{\"granularityPeriod\":900,\"measuredEntityDn\":\"ME=1\",\"measInfoList\":[{\"measInfoId\":{\"sMeasInfoId\":\"i\"},\"measTypes\":{\"sMeasTypesList\":[\"a\",\"b\"]},"
    "\"measValuesList\":[{\"measObjInstId\":\"Cell=1\",\"suspectFlag\":\"false\",\"measResults\":[{\"p\":1,\"sValue\":\"1.5\"},{\"p\":2,\"sValue\":\"0,3,1\"},{\"p\":3,\"sValue\":\"1\"}]},"
    "{\"measObjInstId\":\"Cell=2\",\"suspectFlag\":\"true\",\"measResults\":[{\"p\":1,\"sValue\":\"1\"}]}]}]}}}}";

const char sample_cognition_cells[] =
    "{\"timestamp\":1514764800.5,\"cells\":[{\"cell_metrics\":{\"pci\":1,\"dl_prb\":52,\"name\":\"x\"},\"ue_list\":[{\"ue\":0,\"rnti\":17921,\"dl_mcs\":28},{\"ue\":1,\"dl_mcs\":-2.5e0}]},{\"cell_metrics\":{\"pci\":2,\"dl_prb\":null}}]}";

const char sample_cognition_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- c --><measCollecFile xmlns=\"http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec\"><fileHeader><measCollec beginTime=\"2018-01-01T00:00:00Z\"/></fileHeader>"
    "<measData><managedElement localDn=\"ME=1\"/><measInfo measInfoId=\"i\"><granPeriod duration=\"PT900S\" endTime=\"2018-01-01T00:15:00+00:00\"/><measType p=\"1\">a&amp;b</measType><measType p=\"2\">c</measType>"
    "<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1.5</r><r p=\"2\"><![CDATA[0,3]]></r><suspect>false</suspect></measValue><measValue measObjLdn=\"Cell=2\"><r p=\"1\"> </r><r p=\"3\">x</r></measValue></measInfo></measData>"
    "<fileFooter><measCollec endTime=\"2018-01-01T00:15:00Z\"/></fileFooter></measCollecFile>";
