using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Memory;

/// <summary>Results as the contract has them, and the way into records and back.</summary>
public class MemoryWritingTests
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly IgnoredField[] Ignored = [new("/x", "unknown field")];

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> target = new();
        write(target);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static void Check<T>(string expected, T value, Action<T, IBufferWriter<byte>> write)
    {
        string text = Text(target => write(value, target));
        Assert.Equal(expected.ReplaceLineEndings(""), text);
        T read = JsonSerializer.Deserialize<T>(text, Strict)!;
        Assert.Equal(text, Text(target => write(read, target)));
        Assert.Equal(text, JsonSerializer.Serialize(read, Strict));
    }

    [Fact]
    public void What_was_stored_is_told_by_its_id_or_ids()
    {
        Check("""{"id":17,"durable":"group","execution_time":5,"ignored":[]}""", new StoreResult([17], false, Durability.Group, 5), JsonOut.StoreResult);
        Check("""{"ids":[9223372036854775807],"durable":"none","execution_time":5,"ignored":[{"field":"/x","reason":"unknown field"}]}""",
            new StoreResult([long.MaxValue], true, Durability.None, 5) { Ignored = Ignored }, JsonOut.StoreResult);
        Check("""{"id":17,"updated":["time_ns","reward","text"],"durable":"sync","execution_time":5,"ignored":[]}""",
            new UpdateResult(17, EpisodeMembers.Text | EpisodeMembers.Reward | EpisodeMembers.TimeNs, Durability.Sync, 5), JsonOut.UpdateResult);
    }

    [Fact]
    public void A_recall_gives_hits_with_their_parts_and_reasons()
    {
        RecallHit plain = new() { Id = 3, Score = double.NaN, Parts = new RankParts(null, null, null, null), Episode = new Episode { Id = 3, TimeNs = 4, Vector = [0.1f, -3e38f, 1] } };
        Check(
            """
            {"hits":[{"id":3,"score":null,"distance":null,"parts":{"similarity":null,"recency":null,"reward":null,"text":null},
            "episode":{"id":3,"time_ns":4,"vector":[0.1,-3E+38,1],"reward":null,"success":null}},
            {"id":7,"score":0.75,"distance":2.5,"parts":{"similarity":0.5,"recency":1,"reward":0,"text":0.25},
            "episode":{"id":7,"time_ns":9,"network_id":"n","cell":"c","problem_type":"ES","situation":{"a":1.5},
            "action":[{"managedObject":"NRCellDU=1","attribute":"administrativeState","before":"UNLOCKED","after":null},{"managedObject":"m","attribute":"a"}],
            "outcome":{"e":-2},"reward":0.5,"success":true,"tags":["es"],"metadata":{"v":[9007199254740993,{"w":"ü"}]},"text":"t"},
            "why":[{"metric":"a","difference":-1,"share":0.75},{"metric":"b","difference":null,"share":0.25}]}],
            "scanned":10,"reranked":2,"exact":true,"weights":{"similarity":1,"recency":0.5,"reward":0,"text":0},"execution_time":5,"ignored":[]}
            """,
            new RecallResult
            {
                Hits =
                [
                    plain,
                    new RecallHit
                    {
                        Id = 7, Score = 0.75, Distance = 2.5, Parts = new RankParts(0.5, 1, 0, 0.25), Why = [new("a", -1, 0.75), new("b", null, 0.25)],
                        Episode = new Episode
                        {
                            Id = 7, TimeNs = 9, NetworkId = "n", Cell = "c", ProblemType = "ES", Situation = [new("a", 1.5)], Outcome = [new("e", -2)], Reward = 0.5, Success = true, Tags = ["es"],
                            Action = [new("NRCellDU=1", "administrativeState", new MetadataValue.Text("UNLOCKED"), MetadataValue.Nothing.Instance), new("m", "a", null, null)],
                            Metadata = new MetadataValue.Map(
                            [
                                new("v", new MetadataValue.List(
                                    [new MetadataValue.Number(9007199254740992, "9007199254740993"), new MetadataValue.Map([new("w", new MetadataValue.Text("ü"))])])),
                            ]),
                            Text = "t",
                        },
                    },
                ],
                Scanned = 10, Reranked = 2, Weights = new RankWeights(1, 0.5), ExecutionTime = 5,
            },
            JsonOut.RecallResult);
        Check("""{"hits":[],"scanned":0,"reranked":0,"exact":true,"weights":null,"execution_time":0,"ignored":[]}""",
            new RecallResult { Hits = [], Scanned = 0, Reranked = 0 }, JsonOut.RecallResult);
    }

    [Fact]
    public void An_analysis_has_only_what_was_asked_for()
    {
        Check(
            """
            {"skills":[{"situation":{"a":1},"action":[{"managedObject":"m","attribute":"a","before":1,"after":2}],"count":5,"success_rate":0.75,"lower":0.5,"upper":1,"mean_reward":null,"episodes":[9,8]}],
            "execution_time":5,"ignored":[]}
            """,
            new MemoryAnalysisResult
            {
                Skills =
                [
                    new Skill
                    {
                        Situation = [new("a", 1)], Action = [new("m", "a", new MetadataValue.Number(1), new MetadataValue.Number(2))], Count = 5, SuccessRate = 0.75, Lower = 0.5, Upper = 1,
                        Episodes = [9, 8],
                    },
                ],
                ExecutionTime = 5,
            },
            JsonOut.MemoryAnalysisResult);
        Check(
            """{"effect":null,"lower":null,"upper":null,"treated":2,"control":0,"method":"none","enough":false,"reason":"too few","execution_time":5,"ignored":[]}""",
            new MemoryAnalysisResult { Effect = new ActionEffect { Treated = 2, Control = 0, Method = "none", Enough = false, Reason = "too few" }, ExecutionTime = 5 }, JsonOut.MemoryAnalysisResult);
        Check("""{"removed":0,"execution_time":5,"ignored":[]}""", new MemoryAnalysisResult { Removed = 0, ExecutionTime = 5 }, JsonOut.MemoryAnalysisResult);
        Check("""{"backup_bytes":4096,"execution_time":5,"ignored":[]}""", new MemoryAnalysisResult { BackupBytes = 4096, ExecutionTime = 5 }, JsonOut.MemoryAnalysisResult);
    }

    [Fact]
    public void Stats_tell_what_is_not_known_as_null()
    {
        MemoryStats stats = new()
        {
            Episodes = 3, Metric = DistanceMetric.InnerProduct, Scales = [new("a", 1, 0.5)], IndexBytes = 4, FileBytes = 0, Pending = 1, Durability = Durability.Sync, ExecutionTime = 5,
        };
        Check(
            """
            {"episodes":3,"dimension":null,"metric":"inner_product","scales":[{"metric":"a","median":1,"scale":0.5}],"index_bytes":4,"file_bytes":0,"pending":1,"durability":"sync",
            "last_sync_ns":null,"peer_lag":null,"peer_error":null,"path":null,"site":null,"execution_time":5,"ignored":[]}
            """, stats, JsonOut.MemoryStats);
        Check(
            """
            {"episodes":3,"dimension":8,"metric":"cosine","scales":[],"index_bytes":4,"file_bytes":0,"pending":1,"durability":"none",
            "last_sync_ns":7,"peer_lag":6,"peer_error":"down","path":"a.db","site":"s","execution_time":5,"ignored":[]}
            """,
            stats with
            {
                Dimension = 8, Metric = DistanceMetric.Cosine, Scales = [], Durability = Durability.None, LastSyncNs = 7, PeerLag = 6, PeerError = "down", Path = "a.db", Site = "s",
            }, JsonOut.MemoryStats);
    }

    [Fact]
    public void What_calls_take_is_written_as_it_is_read()
    {
        Same("""{"path":"a","dimension":3,"metric":"l2","durability":"none","max_rows":9,"postgres":"Host=x","site":"s","sync_interval_ns":7}""",
            new MemoryOptions
            {
                Path = "a", Dimension = 3, Metric = DistanceMetric.L2, Durability = Durability.None, MaxRows = 9, Postgres = "Host=x", Site = "s", SyncIntervalNs = 7,
            });
        Same("""{"durability":"group","sync_interval_ns":1000000000}""", new MemoryOptions());
        Same("""{"time_ns":null,"vector":[1],"reward":null,"success":null}""", new Episode { Vector = [1] });
        Same("""[{"time_ns":null,"vector":[1],"reward":null,"success":null}]""", new[] { new Episode { Vector = [1] } });
        Same(
            """{"id":1,"time_ns":2,"network_id":"","cell":"c","problem_type":"","situation":null,"vector":[1],"action":[],"outcome":{},"reward":null,"success":null,"tags":[],"metadata":{},"text":"","known_ns":5}""",
            new EpisodeUpdate { Id = 1, Given = (EpisodeMembers)((1 << 13) - 1), KnownNs = 5, Values = new Episode { TimeNs = 2, Cell = "c", Vector = [1] } });
        Same(
            """
            {"situation":{"a":1},"vector":[1],"text":"t","like":2,"k":3,"filter":{"cell":{"$eq":"c","$ne":null},"id":{"$gt":1,"$gte":2,"$lt":3,"$lte":4,"$in":[1,"x"],"$nin":[]},
            "tags":{"$contains":"es","$exists":true}},"weights":{"similarity":0,"recency":1,"reward":2,"text":3},"half_life_ns":4,"mmr_lambda":0.5,"as_of_ns":6,"explain":true}
            """,
            JsonIn.Recall(
                """
                {"explain":true,"as_of_ns":6,"mmr_lambda":0.5,"half_life_ns":4,"weights":{"text":3,"reward":2,"recency":1,"similarity":0},"filter":{"cell":{"$eq":"c","$ne":null},
                "id":{"$gt":1,"$gte":2,"$lt":3,"$lte":4,"$in":[1,"x"],"$nin":[]},"tags":{"$contains":"es","$exists":true}},"k":3,"like":2,"text":"t","vector":[1],"situation":{"a":1}}
                """u8, "query"));
        foreach (string request in new[]
        {
            """{"op":"skills","min_count":5,"filter":{"cell":{"$eq":"c"}},"half_life_ns":3,"coverage":0.95}""", """{"op":"effect","action":{"attribute":"a","after":null},"outcome":"reward","coverage":0.9}""",
            """{"op":"prune","max_rows":1,"max_age_ns":2,"min_reward":-0.5}""", """{"op":"backup","path":"b"}""",
        })
        {
            Same(request, JsonIn.MemoryAnalysis(Encoding.UTF8.GetBytes(request), "request"));
        }
        EpisodeFilter twice = new([new("a", FilterOperator.NotEqual, [MetadataValue.Nothing.Instance]), new("a", FilterOperator.NotEqual, [new MetadataValue.Number(1)])]);
        Assert.Throws<ArgumentException>(() => ContractJson.Write(new RecallQuery { Like = 1, Filter = twice }));
        Assert.Throws<JsonException>(() => ContractJson.Read<Episode>("[{\"vector\":[1]}]"));
        Assert.Contains("/vector/0", Assert.Throws<JsonException>(() => ContractJson.Read<Episode>("{\"vector\":[1e39]}")).Message, StringComparison.Ordinal);
    }

    private static void Same<T>(string expected, T value)
    {
        string text = Encoding.UTF8.GetString(ContractJson.Write(value));
        Assert.Equal(expected.ReplaceLineEndings(""), text);
        Assert.Equal(text, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<T>(text))));
    }
}
