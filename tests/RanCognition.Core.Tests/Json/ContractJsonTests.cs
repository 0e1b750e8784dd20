using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

/// <summary>Every result that the library writes goes into records and back, and no field is lost on the way.</summary>
public class ContractJsonTests
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static TheoryData<string, Type> Goldens => new()
    {
        { "temporal_analysis_document_only", typeof(TemporalAnalysisResult) },
        { "temporal_analysis_mixed_steps", typeof(TemporalAnalysisResult) },
        { "temporal_analysis_observed", typeof(TemporalAnalysisResult) },
        { "temporal_analysis_quotient_timeline", typeof(TemporalAnalysisResult) },
        { "temporal_analysis_seasonal", typeof(TemporalAnalysisResult) },
        { "temporal_parallel", typeof(ParallelTemporalAnalysisResult) },
        { "temporal_patterns", typeof(IReadOnlyList<TemporalPattern>) },
        { "temporal_predictions", typeof(IReadOnlyList<TemporalPrediction>) },
        { "temporal_optimized", typeof(OptimizedTimeline) },
        { "scheduler_results", typeof(ExecutionResults) },
        { "scheduler_status", typeof(QueueStatus) },
        { "scheduler_snapshot", typeof(SchedulerSnapshot) },
        { "module_interfaces_temporal", typeof(ModuleInterfaces) },
        { "module_interfaces_scheduler", typeof(ModuleInterfaces) },
        { "module_memory", typeof(ModuleMemory) },
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void A_result_goes_into_records_and_back(string golden, Type type)
    {
        string text = File.ReadAllText(TestPaths.Golden(golden + ".json"));
        object? value = JsonSerializer.Deserialize(text, Strict.GetTypeInfo(type));
        Assert.NotNull(value);
        using JsonDocument before = JsonDocument.Parse(text);
        using JsonDocument after = JsonDocument.Parse(JsonSerializer.Serialize(value, Strict.GetTypeInfo(type)));
        Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement), $"{text}\nis not\n{after.RootElement}");
    }

    /// <summary>The proof that the comparison above can fail: a field that no record has is refused at every depth.</summary>
    [Theory]
    [InlineData("temporal_optimized", "\"bound\":{", typeof(OptimizedTimeline))]
    [InlineData("scheduler_status", "\"lateness\":{", typeof(QueueStatus))]
    [InlineData("module_memory", "\"pool\":{", typeof(ModuleMemory))]
    [InlineData("temporal_analysis_quotient_timeline", "\"forecast\":{", typeof(TemporalAnalysisResult))]
    public void A_field_that_no_record_has_is_noticed(string golden, string place, Type type)
    {
        string text = File.ReadAllText(TestPaths.Golden(golden + ".json"));
        Assert.Contains(place, text, StringComparison.Ordinal);
        string more = text.Replace(place, place + "\"new_field\":1,", StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(more, Strict.GetTypeInfo(type)));
        Assert.NotNull(JsonSerializer.Deserialize(more, ContractJson.Options.GetTypeInfo(type)));   // a newer library may say more
    }

    [Fact]
    public void What_calls_take_is_written_as_it_is_read()
    {
        RanProblem problem = new()
        {
            Id = "p\"1", NetworkId = "cell-7", ProblemType = "congestion", CurrentState = [new("RRU.PrbTotDl", 65.5), new("DRB.UEThpDl", 1e-300)],
            Objectives = ["minimize RRU.PrbTotDl"], Constraints = ["RRU.PrbTotDl <= 80"],
            History =
            [
                new("A", new MetricHistory { StartNs = 5, StepNs = 7, Values = [1, double.NaN, 0.1] }),
                new("B", new MetricHistory { TimesNs = [1, 2, ulong.MaxValue], Values = [3, -4, double.NaN] }),
            ],
            HorizonNs = 9, DeadlineNs = 10, Seed = ulong.MaxValue, IncludeTimeline = true, Tolerance = new Dictionary<string, double> { ["A"] = 0.5 },
        };
        RanProblem read = ContractJson.Read<RanProblem>(ContractJson.Write(problem));
        Assert.Empty(read.Ignored);
        Assert.Equal(ContractJson.Write(problem), ContractJson.Write(read));
        Assert.Equal((problem.Id, problem.NetworkId, problem.ProblemType, problem.HorizonNs, problem.DeadlineNs, problem.Seed, problem.IncludeTimeline),
            (read.Id, read.NetworkId, read.ProblemType, read.HorizonNs, read.DeadlineNs, read.Seed, read.IncludeTimeline));
        Assert.Equal(problem.CurrentState, read.CurrentState);
        Assert.Equal(problem.Tolerance, read.Tolerance);
        Assert.Equal(problem.History[0].Value.Values, read.History[0].Value.Values);
        Assert.Equal(problem.History[1].Value.TimesNs, read.History[1].Value.TimesNs);

        Same(new Timeline { Id = "t", Metrics = problem.History, Constraints = [new Constraint { Id = "c", ConstraintType = "max", Parameters = [new("A", 2)], Priority = 3 }] });
        Same(new TaskSpec { Type = new TaskType(TaskKind.Custom, "x"), After = [1, 2], DeadlineNs = 5, DropLate = true, Retry = new RetryPolicy(3, 10, 2, 100), Missed = MissedPeriods.Skip });
        Same(new SchedulerOptions { Mode = TimeMode.Virtual, StartTime = 9, CapacityTasks = 10, DataBytes = 11, SpinNs = 12, Missed = MissedPeriods.FromNow, ExpansionFactor = 13, TemporalResolution = 14 });
        Same(new LoaderOptions { MemoryPages = 1, MaxMemoryPages = 2, Simd = false, BulkMemory = false, MultiThreading = false });
        Same(new TemporalOptions { ExpansionFactor = 3, TemporalResolution = 4 });
        Same(new MemoryPoolOptions { BudgetBytes = 1 << 20, RetainBytes = 0 });
    }

    [Fact]
    public void A_reply_that_is_no_text_comes_back_as_bytes_and_all_others_as_their_json()
    {
        foreach ((string ok, byte[] reply) in new[]
        {
            ("null", Array.Empty<byte>()), ("\"text\"", "\"text\""u8.ToArray()), ("{\"a\":[1,2]}", "{\"a\":[1,2]}"u8.ToArray()), ("{\"data_base64\":\"AP8=\"}", [0, 255]),
            ("{\"data_base64\":\"YWJj\"}", "{\"data_base64\":\"YWJj\"}"u8.ToArray()),
        })
        {
            string text = $$"""{"task_id":1,"task_type":{"Custom":"x"},"success":true,"execution_time":2,"data":{"Ok":{{ok}}},"error":null,"execute_time":3,"lateness_ns":4,"attempt":1}""";
            TaskResult result = JsonSerializer.Deserialize<TaskResult>(text, Strict)!;
            Assert.Equal(Encoding.UTF8.GetString(reply), Encoding.UTF8.GetString(result.Reply.Span));
            Assert.Equal(text, JsonSerializer.Serialize(result, Strict));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":"p","history":{"A":{"values":[1]}}}""")]
    public void What_is_no_problem_is_refused_as_json(string text) => Assert.Throws<JsonException>(() => ContractJson.Read<RanProblem>(text));

    [Fact]
    public void The_place_in_a_message_is_one_of_the_text_given()
    {
        const string text = "{ \"id\" :  \"x\",\n   \"history\": 5}";
        string message = Assert.Throws<JsonException>(() => ContractJson.Read<RanProblem>(text)).Message;
        Assert.EndsWith($"at byte {text.IndexOf('5', StringComparison.Ordinal)}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_where_a_record_cannot_have_it_is_refused_and_not_found_out_later()
    {
        Assert.Throws<JsonException>(() => ContractJson.Read<TemporalAnalysisResult>("""{"patterns":null}"""));
        Assert.Throws<JsonException>(() => ContractJson.Read<TemporalAnalysisResult>("""{"problem_id":null}"""));
        Assert.True(double.IsNaN(ContractJson.Read<TemporalAnalysisResult>("""{"confidence":null}""").Confidence));
    }

    [Fact]
    public void A_null_in_a_record_is_refused_by_its_name()
    {
        RanProblem problem = new() { Id = "p" };
        foreach ((string name, RanProblem wrong) in new[]
        {
            ("problem.History", problem with { History = null! }), ("problem.CurrentState", problem with { CurrentState = null! }), ("problem.Objectives", problem with { Objectives = null! }),
            ("problem.Constraints", problem with { Constraints = null! }), ("problem.Tolerance", problem with { Tolerance = null! }),
            ("history", problem with { History = [new("A", null!)] }), ("metric", problem with { History = [new(null!, new MetricHistory())] }),
        })
        {
            Assert.Equal(name, Assert.Throws<ArgumentNullException>(() => ContractJson.Write(wrong)).ParamName);
        }
        Assert.Equal("timeline.Metrics", Assert.Throws<ArgumentNullException>(() => ContractJson.Write(new Timeline { Metrics = null! })).ParamName);
        Assert.Equal("timeline.Constraints", Assert.Throws<ArgumentNullException>(() => ContractJson.Write(new Timeline { Constraints = null! })).ParamName);
    }

    [Fact]
    public void Lists_and_arrays_are_written_and_read_as_well_as_their_interface()
    {
        IReadOnlyList<RanProblem> problems = [new RanProblem { Id = "a" }, new RanProblem { Id = "b" }];
        byte[] text = ContractJson.Write(problems);
        Assert.Equal(text, ContractJson.Write(problems.ToArray()));
        Assert.Equal(text, ContractJson.Write(problems.ToList()));
        Assert.Equal("b", ContractJson.Read<RanProblem[]>(text)[1].Id);
        Assert.Equal("b", ContractJson.Read<List<RanProblem>>(text)[1].Id);
        Constraint[] constraints = [new Constraint { Id = "c", ConstraintType = "max", Parameters = [new("A", 2)] }];
        Assert.Equal(ContractJson.Write<IReadOnlyList<Constraint>>(constraints), ContractJson.Write(constraints));
        string golden = File.ReadAllText(TestPaths.Golden("temporal_patterns.json"));
        Assert.Equal(ContractJson.Read<IReadOnlyList<TemporalPattern>>(golden).Count, ContractJson.Read<TemporalPattern[]>(golden).Length);
    }

    private static void Same<T>(T value)
    {
        byte[] text = ContractJson.Write(value);
        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<T>(text))));
        Assert.True(text.Length > 2);
    }
}
