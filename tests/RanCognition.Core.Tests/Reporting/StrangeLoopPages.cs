using System.Globalization;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

/// <summary>Results of the strange-loop core as its JSON has them, with one text in every place that holds a text.</summary>
internal static class StrangeLoopPages
{
    public const string Cosine = "0.73908513321516";

    /// <summary>A search for the fixed point of a map; what is not given is not known.</summary>
    public static string FixedPoint(string state = "CONVERGED", string x = "[0.5,-1,null]", string history = "[1,0.1,0.001]", int iterations = 2, string residual = "0.001", string more = "", string kind = "proven", string text = "why") =>
        $$"""
        {"state":{{Quote(state)}},"convergence":{{(state == "CONVERGED" ? "true" : "false")}},"x":{{x}},"iterations":{{iterations}},"evaluations":7,"residual":{{residual}},"contraction":0.5,"error_bound":0.002,"error_bound_kind":{{Quote(kind)}},
         "spectral_radius":0.25,{{more}}"history":{{history}},"method":"anderson","reason":{{Quote(text)}},"execution_time":1590000000,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote("other " + text)}}:{{Quote(text)}}}
        """;

    public static string Infeasible(string text = "why") =>
        $$"""
        {"state":"INFEASIBLE","convergence":false,"x":null,"iterations":3,"evaluations":3,"residual":null,"contraction":null,"error_bound":null,"spectral_radius":1.25,"critical_scale":0.8,"history":[null,null],"method":"newton",
         "reason":{{Quote(text)}},"execution_time":5,"ignored":[]}
        """;

    public static string Direct(string one = "a", string other = "b", string text = "NRCellDU=1", int first = 0) =>
        $$"""{"conflictType":"direct","sources":[{{Quote(one)}},{{Quote(other)}}],"targetCell":{{Quote(text)}},"commands":[{{first}},{{first + 1}}],"advice":{"precedence":[{{Quote(other)}},{{Quote(one)}}]} }""";

    public static string Indirect(string one = "a", string other = "b", string text = "NRCellDU=1") =>
        $$"""{"conflictType":"indirect","sources":[{{Quote(one)}},{{Quote(other)}}],"groupName":{{Quote("group " + text)}},"targetCell":{{Quote(text)}},"commands":[2,3],"loop_gain":1.5,"advice":{"damping":0.5} }""";

    public static string Implicit(string one = "a", string other = "c", string text = "NRCellDU=2") =>
        $$"""
        {"conflictType":"implicit","sources":[{{Quote(one)}},{{Quote(other)}}],"targetCell":{{Quote(text)}},"commands":[4,5],"kpi":{"metric":{{Quote("rate " + text)}},"before":50,"earlier_only":45,"both":30,"p_value":0.00002},
         "advice":{"precedence":[{{Quote(one)}},{{Quote(other)}}]} }
        """;

    /// <summary>Two functions that chase each other: the eigenvalues are 0.5 and -1.5.</summary>
    public static string Chasing(string one = "a", string other = "b") =>
        $$"""
        "loop_gain_matrix":{ {{Quote(one)}}:{ {{Quote(one)}}:-0.5,{{Quote(other)}}:1},{{Quote(other)}}:{ {{Quote(one)}}:1,{{Quote(other)}}:-0.5} },"eigenvalues":[[0.5,0],[-1.5,0]],"spectral_radius":1.5,
        "advice":{"kind":"damping","damping":0.5,"limit":0.8},"standard_error":0.03,
        """;

    public static string Ordered(string one = "a", string other = "b") =>
        $$"""
        "loop_gain_matrix":{ {{Quote(one)}}:{ {{Quote(one)}}:0,{{Quote(other)}}:2},{{Quote(other)}}:{ {{Quote(one)}}:2,{{Quote(other)}}:0} },"eigenvalues":[[2,0],[-2,0]],"spectral_radius":2,"advice":{"kind":"precedence","order":[{{Quote(one)}},{{Quote(other)}}]},
        """;

    public const string WithoutLoops = "\"loop_gain_matrix\":null,\"eigenvalues\":null,\"spectral_radius\":null,\"advice\":null,";

    public static string Conflicts(string loops = WithoutLoops, bool isTruncated = false, string text = "t", params string[] conflicts) =>
        $$"""
        {"conflicts":[{{string.Join(",", conflicts)}}],{{loops}}"first_command":0,"live":3,"truncated":{{(isTruncated ? "true" : "false")}},"execution_time":41000,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote("other " + text)}}:{{Quote(text)}}}
        """;

    /// <summary>A gain matrix of a ring of functions, each answering the one before it.</summary>
    public static string Ring(int functions) =>
        $"\"loop_gain_matrix\":{{{string.Join(",", Enumerable.Range(0, functions).Select(row => $"\"f{row}\":{{{string.Join(",", Enumerable.Range(0, functions).Select(column => $"\"f{column}\":{(column == (row + 1) % functions ? row + 1 : 0)}"))}}}"))}}},\"eigenvalues\":[[0.5,0.5]],\"spectral_radius\":0.7,\"advice\":{{\"kind\":\"none\"}},";

    public static string Reply(string corrected, string weights = "", string regret = "null", string coverage = "null", string more = "") =>
        $$"""{"corrected":{ {{corrected}} },"bias":{ {{more}} },"gain":{ {{more}} },"interval_scale":{ {{more}} },"weights":{ {{weights}} },"regret":{{regret}},"coverage":{{coverage}},"level":2,"execution_time":9000,"ignored":[]}""";

    public static string FullReply(string text = "RRU.PrbTotDl") =>
        $$"""
        {"corrected":{ {{Quote(text)}}:{"mean":50,"lower":40,"upper":60},"empty":{"mean":1,"lower":null,"upper":null,"empty":true},"open":{"mean":2,"lower":null,"upper":null},"half":{"mean":3,"lower":1,"upper":null} },
         "bias":{ {{Quote(text)}}:-2.5,"seen":1},"gain":{ {{Quote(text)}}:1.25,"seen":1},"interval_scale":{ {{Quote(text)}}:2,"seen":null},"weights":{"slow":0.25,{{Quote("fast " + text)}}:0.75},
         "regret":{"value":1.5,"bound":6,"steps":20},"coverage":{"value":0.9,"target":0.95,"bound":0.1,"steps":40},"level":2,"execution_time":9000,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote("other " + text)}}:{{Quote(text)}}}
        """;

    /// <summary>A loop of one metric, with a change that was rolled back and one that is watched.</summary>
    public static string Loop(string id = "loop", string metric = "RRU.PrbTotDl", string text = "NRCellDU=1", int covered = 36, bool isRolledBack = true) =>
        $$"""
        {"loop_id":{{Quote(id)}},"time_ns":1577836800000000000,
         "metrics":{ {{Quote(metric)}}:{"observations":41,"setting":{"memory":50,"damping":1,"score_window":100},"bias":-2.5,"gain":1.25,"interval_scale":1.5,"coverage":{"value":{{(covered / 40.0).ToString(CultureInfo.InvariantCulture)}},"target":0.95,"bound":0.5,"miscoverage":0.05,"steps":40,"covered":{{covered}}},
           "open":{"mean":40,"half_lower":5,"half_upper":5,"has_interval":true,"corrected_mean":47.5,"lower":40,"upper":55,"empty":false},"scores":[0.5],"records":[],
           "tuning":{"patience":50,"is_testing":false,"rounds":3,"challengers":[],"previous":{},"changes":[
             {"time_ns":1577836800000000000,"is_rollback":false,"before":{"memory":50,"damping":1,"score_window":100},"after":{"memory":20,"damping":1,"score_window":100},"loss_before":4,"loss_after":3,"p_value":0.0004,"steps":100},
             {{(isRolledBack ? """{"time_ns":1577840400000000000,"is_rollback":true,"before":{"memory":20,"damping":1,"score_window":100},"after":{"memory":50,"damping":1,"score_window":100},"loss_before":5,"loss_after":4.5,"p_value":0.03,"steps":50},""" : "")}}
             {"time_ns":1577844000000000000,"is_rollback":false,"before":{"memory":50,"damping":1,"score_window":100},"after":{"memory":50,"damping":0.5,"score_window":50},"loss_before":4,"loss_after":2,"p_value":0.008,"steps":100}]} },
          "quiet":{"observations":0,"bias":0,"gain":1,"interval_scale":null} },
         "experts":{"weights":{ {{Quote(text)}}:0.75,"slow":0.25},"regret":{"value":1.5,"bound":4,"steps":41,"mixture_loss":11.5,"mixability_gap":2,"largest_spread":3},"losses":{ {{Quote(text)}}:10,"slow":12},"open_metrics":[],"open_values":[]},
         "actions":[{"managedObject":{{Quote(text)}},"attribute":"digitalTilt","before":2,"after":4}]}
        """;

    public static string State(string text = "NRCellDU=1", params string[] loops) =>
        $$"""
        {"version":1,"aci_step":0.05,"levels":2,"loops":[{{string.Join(",", loops)}}],
         "live_commands":[{"source":{{Quote(text)}},"command":{{Quote(text)}},"targetParameter":"cio","targetValue":"3","targetCell":{{Quote(text)}},"timestamp":1577836800000000000,"controlTimespan":3600000000000}],"live_places":[6],
         "groups":[{"groupName":{{Quote(text)}},"parameters":[{"changeTarget":"","parameterName":"cio"},{"changeTarget":"","parameterName":{{Quote(text)}}}]}],"next_command":7,"execution_time":5,"ignored":[],{{Quote("other " + text)}}:1}
        """;

    public static string[] All(string text) =>
    [
        FixedPoint(text: text, kind: text, more: "\"period\":2,\"critical_scale\":1.5,"), FixedPoint(text, text: text), Infeasible(text), FullReply(text),
        Conflicts(Chasing(text, text + "2"), true, text, Direct(text, text + "2", text), Indirect(text, text + "2", text), Implicit(text, text + "3", text)), Conflicts(Ordered(text, text + "2"), text: text), Conflicts(text: text), State(text, Loop(text, text, text)), State(text),
    ];

    /// <summary>A residual history that falls to a tenth with each step.</summary>
    public static string Falling(int entries) => $"[{string.Join(",", Enumerable.Range(0, entries).Select(i => "1e-" + i.ToString(CultureInfo.InvariantCulture)))}]";
}
