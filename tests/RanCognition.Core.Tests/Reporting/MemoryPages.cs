using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

/// <summary>Results of the memory core as its JSON has them, with one text in every place that holds a text.</summary>
internal static class MemoryPages
{
    public static string Episode(string text = "c1", int id = 17) =>
        $$"""
        {"id":{{id}},"time_ns":1577836800000000000,"network_id":{{Quote(text)}},"cell":{{Quote(text)}},"problem_type":{{Quote(text)}},
         "situation":{"RRU.PrbTotDl":80.5,{{Quote("m " + text)}}:2},"vector":[1,2],
         "action":[{"managedObject":{{Quote(text)}},"attribute":"digitalTilt","before":2,"after":{{Quote(text)}}},{"attribute":"cio","after":{"a":1} }],
         "outcome":{"RRU.PrbTotDl":61.25,{{Quote("o " + text)}}:-3},"reward":0.75,"success":true,"tags":[{{Quote(text)}},"busy"],
         "metadata":{ {{Quote(text)}}:{"vendor":{{Quote(text)}} } },"text":{{Quote(text)}} }
        """;

    public static string Hit(string text = "c1", int id = 17, double distance = 0.5) =>
        FormattableString.Invariant($$"""
        {"id":{{id}},"score":0.8,"distance":{{distance}},"parts":{"similarity":0.5,"recency":0.25,"reward":null,"text":null},"episode":{{Episode(text, id)}},
         "why":[{"metric":"RRU.PrbTotDl","difference":1.25,"share":0.75},{"metric":{{Quote("w " + text)}},"difference":null,"share":0.25}]}
        """);

    public static string Recall(string text = "c1", int hits = 2, string weights = "null") =>
        $$"""
        {"hits":[{{string.Join(",", Enumerable.Range(0, hits).Select(i => Hit(text, 17 + i, 0.5 + i)))}}],"scanned":1200,"reranked":26,"exact":true,"weights":{{weights}},
         "execution_time":321000,"ignored":[{"field":{{Quote(text)}},"reason":{{Quote(text)}}}],{{Quote("other " + text)}}:{{Quote(text)}}}
        """;

    public static string Skills(string text = "c1") =>
        $$"""
        {"skills":[{"situation":{"load":80,{{Quote(text)}}:3},"action":[{"managedObject":{{Quote(text)}},"attribute":"digitalTilt","before":2,"after":4}],"count":8,"success_rate":0.75,"lower":0.4,"upper":0.9,
                    "mean_reward":0.5,"episodes":[9,8,{{Quote(text)}}]},
                   {"situation":{},"action":[],"count":5,"success_rate":null,"lower":null,"upper":null,"mean_reward":null,"episodes":[]}],"execution_time":15000000,"ignored":[]}
        """;

    public static string Effect(string effect = "5.75", string lower = "5.4", string upper = "6.1", bool enough = true, string reason = "null") =>
        $$"""{"effect":{{effect}},"lower":{{lower}},"upper":{{upper}},"treated":599,"control":600,"method":"doubly robust","enough":{{(enough ? "true" : "false")}},"reason":{{reason}},"execution_time":5,"ignored":[]}""";

    public static string State(string text = "n", string trouble = "null") =>
        $$"""
        {"episodes":1200,"dimension":8,"metric":"cosine","scales":[{"metric":{{Quote(text)}},"median":49.7,"scale":36.5}],"index_bytes":1234567,"file_bytes":2048,"pending":3,"durability":"group",
         "last_sync_ns":1577836800000000000,"peer_lag":2,"peer_error":{{trouble}},"path":{{Quote(text)}},"site":{{Quote(text)}},"execution_time":4100,"ignored":[]}
        """;

    public static string[] All(string text) =>
    [
        Recall(text), Recall(text, 1, """{"similarity":1,"recency":0.5,"reward":0,"text":0}"""), Recall(text, 0), Skills(text), Effect(reason: Quote(text), enough: false), Effect(), State(text, Quote(text)),
        $$"""{"id":{{Quote(text)}},"durable":{{Quote(text)}},"execution_time":1}""", $$"""{"ids":[1,{{Quote(text)}}],"durable":"sync"}""", $$"""{"id":3,"updated":["reward",{{Quote(text)}}],"durable":"group"}""",
        """{"removed":3,"execution_time":1}""", """{"backup_bytes":4096}""",
    ];
}
