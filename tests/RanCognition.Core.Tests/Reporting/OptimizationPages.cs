using System.Globalization;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

/// <summary>Results of the optimization core as its JSON has them, with one text in every place that holds a text.</summary>
internal static class OptimizationPages
{
    public const string NoActions = "";

    /// <summary>A search of two variables with two constraints.</summary>
    public static string Search(string text = "tilt", string stopped = "budget", string kind = "best_known", string feasible = "true", string more = NoActions, string trace = """{"evaluations":1,"f":9},{"evaluations":2,"f":5},{"evaluations":40,"f":3.25}""") =>
        $$"""
        {"best":{"x":[2.5,1],"values":{ {{Quote(text)}}:2.5,"b":1,"cost":3.25},"f":[3.25],"feasible":{{feasible}},
                 "constraints":[{"name":"max_load","value":-0.25,"slack":0.25},{"name":{{Quote("room " + text)}},"value":0.5,"slack":-0.5},{"name":"lost","value":null,"slack":null}]},
         "evaluations":40,"failed_evaluations":3,"stopped":{{Quote(stopped)}},"optimization_score":0.875,"bound":{"value":2.5,"kind":{{Quote(kind)}}},
         "trace":[{{trace}}],"pareto":[],"hypervolume":null,"sensitivity":{ {{Quote(text)}}:0.25,"b":0.75},"arms":{"start":10,"cma_es":30,{{Quote(text)}}:0},{{more}}
         "execution_time":1590000000,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote("other " + text)}}:{{Quote(text)}}}
        """;

    public static string Changes(string text = "NRCellDU=4") =>
        $$"""
        "actions":[{"managedObject":{{Quote(text)}},"attribute":"digitalTilt","before":98,"after":102},{"managedObject":{{Quote(text)}},"attribute":{{Quote(text)}},"before":"UNLOCKED","after":{{Quote(text)}}}],
        "expected":{"cost":{"before":9,"after":3.25},"energy_w":{"before":100,"after":80},"utility":{"before":-2,"after":-1},{{Quote(text)}}:{"before":null,"after":1} },
        """;

    public static string Infeasible(string stopped, params string[] subset) => Search(stopped: stopped, feasible: "false", more: $"\"infeasible_subset\":[{string.Join(",", subset.Select(Quote))}],", trace: """{"evaluations":1,"f":null}""");

    public static string Front(int objectives, string text = "cost", int points = 5)
    {
        var names = string.Join(",", Enumerable.Range(0, objectives).Select(i => $"{Quote(text + i.ToString(CultureInfo.InvariantCulture))}:{i.ToString(CultureInfo.InvariantCulture)}"));
        string F(int point) => string.Join(",", Enumerable.Range(0, objectives).Select(i => (i % 2 == 0 ? point : 10 - point).ToString(CultureInfo.InvariantCulture)));
        return $$"""
            {"best":{"x":[1],"values":{"x":1,{{names}}},"f":[{{F(0)}}],"feasible":true,"constraints":[]},"evaluations":9,"failed_evaluations":0,"stopped":"converged","optimization_score":null,"bound":null,"trace":[{"evaluations":1,"f":0}],
             "pareto":[{{string.Join(",", Enumerable.Range(0, points).Select(point => $$"""{"x":[{{point}}],"f":[{{F(point)}}]}"""))}}],"hypervolume":4.5,"sensitivity":{"x":null},"arms":{"sms_emoa":9},"execution_time":5,"ignored":[]}
            """;
    }

    /// <summary>Three sites in a triangle with cells of their own; the first cell is switched off and the second tilted.</summary>
    public static string Map(int cells = 9, int users = 8) =>
        $$"""
        "map":{"sites":[{"x":0,"y":0},{"x":500,"y":0,"height_m":25},{"x":250,"y":433}],
               "cells":[{{string.Join(",", Enumerable.Range(0, cells).Select(Cell))}}],
               "users":[{{string.Join(",", Enumerable.Range(0, users).Select(User))}}]},
        """;

    public static string Network(string loads = "[0.25,1.5,null,0.75]", string overloaded = "[1]", string feasible = "true", string scale = "1.25", string text = "t") =>
        $$"""
        {"feasible":{{feasible}},"critical_scale":{{scale}},"loads":{{loads}},"overloaded_cells":{{overloaded}},"throughput_mbps":{"p5":1.5,"p50":20,"mean":30},"utility":16.5,"energy_w":9500,"uncovered_share":0.08,
         "geometry_db":{"p5":-4,"p50":3,"p95":17},"coupling_loss_db":{"p5":90,"p50":110,"p95":130},"iterations":4,"execution_time":41000000,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote("other " + text)}}:{{Quote(text)}}}
        """;

    public static string[] All(string text) =>
    [
        Search(text, more: Changes(text) + Map(3, 2)), Search(text, text, text, "false", $"\"infeasible_subset\":[{Quote(text)},\"max_load\"],"), Front(2, text), Front(3, text), Network(text: text), Network("null", "[]", "false", text: text),
    ];

    private static string Cell(int i) =>
        $$"""
        {"site":{{i / 3 % 3}},"azimuth_deg":{{30 + 120 * (i % 3)}},"tilt_deg_before":98,"tilt_deg_after":{{(i == 1 ? 102 : 98)}},"power_dbm_before":46,"power_dbm_after":46,"on_before":true,"on_after":{{(i == 0 ? "false" : "true")}},
         "load_before":{{(i * 0.2).ToString(CultureInfo.InvariantCulture)}},"load_after":{{(i == 2 ? "null" : (i * 0.1).ToString(CultureInfo.InvariantCulture))}}}
        """;

    private static string User(int i) => $$"""{"x":{{i * 60}},"y":{{i % 2 * 100}},"rate_mbps_before":{{(i == 3 ? "null" : i.ToString(CultureInfo.InvariantCulture))}},"rate_mbps_after":{{i * 2}}}""";
}
