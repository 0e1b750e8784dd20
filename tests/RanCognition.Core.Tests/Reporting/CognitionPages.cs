using System.Globalization;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

/// <summary>Results of the cognitive core as its JSON has them, with one text in every place that holds a text.</summary>
internal static class CognitionPages
{
    public const string Relation = "NRCellRelation=1-2";

    public static string Change(string place = Relation, string attribute = "cellIndividualOffset", string before = "0", string after = "2") =>
        $$"""{"managedObject":{{Quote(place)}},"attribute":{{Quote(attribute)}},"before":{{before}},"after":{{after}}}""";

    public static string Restored(string place = Relation, string after = "0") => $$"""{"managedObject":{{Quote(place)}},"attribute":"cellIndividualOffset","after":{{after}}}""";

    public static string Quantiles(string metric, string low = "40", string middle = "50", string high = "60") => $$"""{{Quote(metric)}}:{"p10":{{low}},"p50":{{middle}},"p90":{{high}}}""";

    public static string Alternative(string actions = "", string expected = "", string p = "0.25", string source = "nothing", string vetoes = "") =>
        $$"""{"actions":[{{actions}}],"expected":{ {{expected}} },"p_all_targets":{{p}},"source":{{Quote(source)}},"vetoes":[{{vetoes}}]}""";

    public static string Test(string name = "too_late_rate", string metric = "HO.IntraSys.TooLate", string value = "0.08", string limit = "0.05", string p = "0.0000001", bool holds = true) =>
        $$"""{"name":{{Quote(name)}},"metric":{{Quote(metric)}},"value":{{value}},"limit":{{limit}},"p_value":{{p}},"holds":{{(holds ? "true" : "false")}}}""";

    public static string Cause(string name = "too_late", string place = Relation, string tests = "") =>
        $$"""{"name":{{Quote(name)}},"confidence":0.985,"managedObject":{{Quote(place)}},"metric":"m","samples":1200,"tests":[{{tests}}]}""";

    public static string Guard(string name = "PACING", bool passed = true, string reason = "long ago", string vetoed = "") =>
        $$"""{"name":{{Quote(name)}},"passed":{{(passed ? "true" : "false")}},"reason":{{Quote(reason)}}{{(vetoed.Length > 0 ? $",\"vetoed\":[{vetoed}]" : "")}}}""";

    /// <summary>A decision; what is not given is a handover that is made earlier, with one target.</summary>
    public static string Decision(string id = "7", string mode = "ASSIST", string? actions = null, string? alternatives = null, string? expected = null, string confidence = "0.9", string? cause = null,
        string? causes = null, string guards = "", string targets = """{"id":"t","expression":"load <= 70","probability":0.9}""", string reason = "the best of the alternatives against too_late", string more = "", string text = "load")
    {
        cause ??= Cause(tests: Test());
        actions ??= Change();
        return $$"""
            {"decision_id":{{id}},"mode":{{Quote(mode)}},"problem_type":"MRO","time_ns":1577836800000000000,"seed":1,"cause":{{cause}},"causes":[{{causes ?? cause}}],"actions":[{{actions}}],"reason":{{Quote(reason)}},
             "alternatives":[{{alternatives ?? Alternative(expected: Quantiles(text, "60", "70", "80")) + "," + Alternative(actions, Quantiles(text), "0.9", "mro")}}],"expected":{ {{expected ?? Quantiles(text)}} },
             "confidence":{{confidence}},"targets":[{{targets}}],
             "evidence":{"similar":[{"id":3,"distance":0.125,"outcome":{ {{Quote(text)}}:55},"action":[{{Change(text, text, "null", Quote(text))}}],"success":true},{"id":4,"distance":0.5,"outcome":{},"action":[],"success":false},
               {"id":5,"distance":0.75,"outcome":{},"action":[],"success":null}],"sensitivities":{ {{Quote(text + "/tilt")}}:-0.25,"b":0.5,"unknown":null} },
             "guards":[{{guards}}],"rollback":{"condition":{{Quote(text + " > 75")}},"observe_ns":900000000000,"restore":[{{Restored(text, "null")}}]},
             "explanation":[{"text":{{Quote("All targets hold with a probability of 90 %: " + text)}},"fields":["/confidence","/guards/0/passed",{{Quote("/" + text)}}]}],
             "timing_ns":{"recall":1000,"forecast":2000,"optimise":3000,"whatif":4000,"guards":0},{{more}}"consciousness_level":0.5,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],"execution_time":10000}
            """;
    }

    public static string Infeasible(string text = "load_low") => Decision(actions: "", confidence: "0", reason: "no change: no value satisfies all constraints together", text: text,
        targets: $$"""{"id":{{Quote(text)}},"expression":"load <= 1","probability":null},{"id":"load_high","expression":"load >= 2","probability":null}""", more: $$"""
        "infeasible":{"constraints":[{{Quote(text)}},"load_high"]},
        """);

    public static string Outcome(string verdict = "KEPT", string id = "7", string held = "true", string surprise = "0.5", string reason = "load is 52", string text = Relation) =>
        $$"""{"decision_id":{{id}},"verdict":{{Quote(verdict)}},"reason":{{Quote(reason)}},{{(verdict == "ROLL_BACK" ? $"\"restore\":[{Restored(text)}]," : "")}}"surprise":{{surprise}},"targets_held":{{held}},"ignored":[],"execution_time":5}""";

    public static string Rollback(string id = "7", string text = Relation) => $$"""{"decision_id":{{id}},"restore":[{{Restored(text, "\"LOCKED\"")}}],"execution_time":6}""";

    public static string Bin(double lower, string count, string confidence = "null", string held = "null") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"lower":{{lower}},"upper":{{lower + 0.1:0.0}},"count":{{count}},"confidence":{{confidence}},"held":{{held}}}""");

    public static string State(string ece = "0.02", string? bins = null, string phi = "0.25", string partition = "[[\"a\",\"b\"],[\"c\"]]", string text = "d is constant", string total = "20") =>
        $$"""
        {"consciousness_level":0.75,"calibration":{"ece":{{ece}},"brier":0.15,"count":16,"bins":[{{bins ?? Bin(0, "0") + "," + Bin(0.2, "4", "0.25", "0.5") + "," + Bin(0.9, "12", "0.95", "0.75")}}]},"coverage":0.8,
         "decisions":{"SHADOW":5,"ASSIST":5,"AUTONOMOUS":10,{{Quote("sort " + text)}}:1,"TOTAL":{{total}}},"vetoes":{"PACING":4,{{Quote(text)}}:2},"regret":-0.125,
         "integration":{"phi":{{phi}},"partition":{{partition}},"samples":288,"exact":false,"reason":{{Quote(text)}}},"episodes":12,"history_samples":4096,"ignored":[],"execution_time":8}
        """;

    public static string Ingest(string samples = "5", string skipped = """{"what":"NRCellDU=2/RRU.PrbTotDl","why":"suspect","count":3},{"what":"b","why":"empty","count":1}""", string format = "ts32435_xml", string text = "gNB-1") =>
        $$"""
        {"format":{{Quote(format)}},"network_id":{{Quote(text)}},"objects":2,"metrics":1,"samples":{{samples}},"skipped":[{{skipped}}],"from_ns":1577836800000000000,"to_ns":1577840400000000000,"granularity_ns":[300000000000,900000000000],
         "ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],"execution_time":7}
        """;

    /// <summary>What was taken in, a decision that was kept, one that was called back and undone, one that is not told of any more, a state, and what is none of the core's results.</summary>
    public static string Log(string text = "load") =>
        $$"""
        [{{Ingest(text: text)}},{{Decision("1", text: text)}},{{Decision("2", text: text)}},{{Outcome("WATCHING", "1")}},{{Outcome("KEPT", "1")}},{{Outcome("ROLL_BACK", "2", "false", text: text)}},{{Rollback("2", text)}},
         {{Outcome("KEPT", "99", reason: "its decision is elsewhere " + text)}},{{Decision("3", "SHADOW", "", text: text, cause: Cause("healthy", ""), reason: "no change: nothing ails")}},{{State(text: text)}},{"error":true,"message":{{Quote(text)}},"status":-3},null,7]
        """;

    public static string[] All(string text) =>
    [
        Decision(Quote(text), text, Change(text, text, Quote(text), Quote(text)), cause: Cause(text, text, Test(text, text)), guards: Guard(text, false, text, Change(text, text)), reason: text, more: $"{Quote("other " + text)}:1,", text: text,
            targets: $$"""{"id":{{Quote(text)}},"expression":{{Quote(text)}},"probability":0.5}""", causes: Cause(text, text, Test(text, text)) + "," + Cause(text, text)),
        Infeasible(text), Outcome(text, Quote(text), reason: text, text: text), Outcome("ROLL_BACK", reason: text, text: text), Rollback(Quote(text), text), State(partition: $"[[{Quote(text)}],[{Quote(text)}]]", text: text),
        Ingest(skipped: $$"""{"what":{{Quote(text)}},"why":{{Quote(text)}},"count":1}""", format: text, text: text), Log(text),
    ];
}
