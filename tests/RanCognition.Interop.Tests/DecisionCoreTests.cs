using System.Text;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;

namespace RanCognition.Tests.Interop;

/// <summary>Real calls of a cognitive core through the built library: records in and out.</summary>
public sealed class DecisionCoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decisions");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>An example: handovers come too late; what is changed, watched, and taken back when it made things worse?</summary>
    [Fact]
    public void A_fault_is_named_a_change_decided_watched_and_taken_back()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using (DecisionCore core = new(new CognitiveOptions { Seed = 1 }))
        {
            Decision decision = core.Decide(Samples.Handovers(tooLate: 60));
            Assert.Equal((1UL, DecisionMode.Assist, CauseNames.TooLate, Samples.Relation), (decision.DecisionId, decision.Mode, decision.Cause.Name, decision.Cause.ManagedObject));
            ConfigurationChange change = Assert.Single(decision.Actions);
            Assert.Equal((Samples.Relation, "cellIndividualOffset", (MetadataValue?)0), (change.ManagedObject, change.Attribute, change.Before));
            Assert.True(Assert.IsType<MetadataValue.Number>(change.After).Value > 0);
            Assert.Contains(decision.Alternatives, alternative => alternative.Actions.Count == 0);
            Assert.NotEmpty(decision.Explanation);
            Assert.Equal(decision.Rollback.Restore.Select(restore => restore.After), decision.Actions.Select(action => action.Before));

            Assert.Equal(OutcomeVerdict.Watching, core.ReportOutcome(Outcome(decision, tooLate: 90, afterNs: 1)).Verdict);
            OutcomeReply judged = core.ReportOutcome(Outcome(decision, tooLate: 90, decision.Rollback.ObserveNs));
            Assert.Equal(OutcomeVerdict.RollBack, judged.Verdict);
            Assert.Equal([new ConfigurationChange(Samples.Relation, "cellIndividualOffset", null, 0)], judged.Restore!);
            Assert.Equal(judged.Restore, core.Rollback(decision.DecisionId).Restore);

            CognitiveState state = core.GetState();
            Assert.Equal((1UL, 1UL, 1UL), (Count(state, "TOTAL"), Count(state, "ROLLED_BACK"), state.Calibration.Count));
        }
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Theory]
    [InlineData(60, 0, CauseNames.TooLate, 1)]
    [InlineData(0, 60, CauseNames.TooEarly, -1)]
    [InlineData(2, 2, CauseNames.Healthy, 0)]
    public void Planted_faults_are_found_and_what_is_healthy_is_left_alone(double tooLate, double tooEarly, string cause, int direction)
    {
        using DecisionCore core = new();
        Decision decision = core.Decide(Samples.Handovers(tooLate, tooEarly));
        Assert.Equal(cause, decision.Cause.Name);
        Assert.Equal(direction, decision.Actions.Sum(action => Math.Sign(Assert.IsType<MetadataValue.Number>(action.After).Value)));
        Assert.NotEqual("", decision.Reason);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(22, 20)]
    [InlineData(48, 50)]
    [InlineData(90, 60)]
    [InlineData(30, null)]   // where it stands: no candidate is better
    public void An_own_model_judges_and_the_best_candidate_is_chosen(double best, int? chosen)
    {
        using DecisionCore core = new();
        Decision decision = core.DecideWith(Samples.Tilts(10, 20, 40, 50, 60), Samples.Simulated(best));
        Assert.Equal(chosen is { } tilt ? [tilt] : [], decision.Actions.Select(action => action.After!));
        Assert.Equal(6, decision.Alternatives.Count);
        MetricExpectation expected = decision.Expected.Single(metric => metric.Metric == "DRB.UEThpDl");
        Assert.True(expected.P10 <= expected.P50 && expected.P50 <= expected.P90);
    }

    [Fact]
    public void Constraints_that_no_value_satisfies_are_named_and_nothing_is_done()
    {
        using DecisionCore core = new();
        DecisionProblem problem = new() { Problem = new RanProblem { Id = "night", CurrentState = [new("RRU.PrbTotDl", 50)] } };
        Constraint most = new() { Id = "most", ConstraintType = "max", Parameters = [new("RRU.PrbTotDl", 40)] }, least = new() { Id = "least", ConstraintType = "min", Parameters = [new("RRU.PrbTotDl", 60)] };
        Decision decision = core.Decide(problem, [most, least]);
        Assert.Equal(["least", "most"], decision.Infeasible!);
        Assert.Empty(decision.Actions);
        Assert.Null(core.Decide(problem, [most]).Infeasible);
        Assert.Equal(["least", "most"], core.DecideWith(problem, (_, _) => false, [least, most]).Infeasible!);
    }

    [Fact]
    public void Guards_take_out_what_is_protected_or_switched_off()
    {
        using DecisionCore core = new();
        DecisionProblem problem = Samples.Handovers(60) with { Mode = DecisionMode.Shadow };
        Decision isProtected = core.Decide(problem with { Protected = ["NRCellDU=2"] });   // one of the cells of the relation
        Assert.Empty(isProtected.Actions);
        Assert.False(isProtected.Guards.Single(guard => guard.Name == GuardNames.ProtectedCell).Passed);
        Decision few = core.Decide(problem with { Guards = new GuardSettings { MinAttempts = 1e6 } });
        Assert.Empty(few.Actions);
        Assert.False(few.Guards.Single(guard => guard.Name == GuardNames.InsufficientSamples).Passed);
        Decision free = core.Decide(problem with { Guards = new GuardSettings { MinAttempts = 1e6, InsufficientSamples = false } });
        Assert.Single(free.Actions);
        Assert.DoesNotContain(free.Guards, guard => guard.Name == GuardNames.InsufficientSamples);
        CognitiveState state = core.GetState();
        Assert.Equal((3UL, 0UL), (Count(state, "SHADOW"), Count(state, "EXECUTED")));
        Assert.Equal(1UL, state.Vetoes.Single(veto => veto.Key == GuardNames.ProtectedCell).Value);
    }

    [Fact]
    public void A_file_keeps_decisions_measurements_and_what_was_learned()
    {
        string path = Path.Combine(_folder.FullName, "decisions ☎.db");
        DecisionProblem problem = Samples.Handovers(60) with { Configuration = [new(Samples.Relation, "cellIndividualOffset", -2)] };
        ulong samples;
        using (DecisionCore core = new(new CognitiveOptions { Path = path }))
        {
            Assert.Single(core.Decide(problem).Actions);
            core.Ingest(Samples.Rows());
            samples = core.GetState().HistorySamples;
            Assert.Equal(RanCognitionStatus.Busy, Refusal.Of<RanCognitionBusyException>(() => _ = new DecisionCore(new CognitiveOptions { Path = path })));
        }
        using (DecisionCore core = new(new CognitiveOptions { Path = path }))
        {
            Assert.Equal(samples, core.GetState().HistorySamples);
            Assert.Equal([new ConfigurationChange(Samples.Relation, "cellIndividualOffset", null, -2)], core.Rollback(1).Restore);
            Assert.Equal(2UL, core.Decide(problem with { TimeNs = Samples.DecisionNs + (40 * Samples.QuarterHour) }).DecisionId);
            Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of<RanCognitionNotFoundException>(() => core.Rollback(3)));
        }
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => _ = new DecisionCore(new CognitiveOptions { Path = _folder.FullName })));
    }

    [Fact]
    public void Measurements_are_taken_and_decided_upon()
    {
        using DecisionCore core = new();
        DecisionProblem problem = new() { Problem = new RanProblem { Id = "p", Constraints = ["NRCellDU=1/RRU.PrbTotDl <= 60"] }, TimeNs = Samples.DecisionNs };
        Assert.Null(core.Decide(problem).Targets[0].Probability);
        IngestReport report = core.Ingest(Samples.Rows());
        Assert.Equal((MeasurementFormat.Rows, 2, 1, 23UL), (report.Format, report.Objects, report.Metrics, report.Samples));
        SkippedMeasurements skipped = Assert.Single(report.Skipped);
        Assert.Equal(("not_a_number", 1UL), (skipped.Why, skipped.Count));
        Assert.True(core.Decide(problem).Targets[0].Probability > 0.9);
        byte[] file = Encoding.UTF8.GetBytes("""
            <?xml version="1.0" encoding="UTF-8"?>
            <measCollecFile xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec"><fileHeader/><measData><managedElement localDn="ME=1"/><measInfo>
            <granPeriod duration="PT900S" endTime="2023-11-14T22:15:00Z"/><measType p="1">RRU.PrbTotDl</measType><measType p="2">ENR.Alarms</measType>
            <measValue measObjLdn="NRCellDU=1"><r p="1">41.5</r><r p="2">3</r></measValue><measValue measObjLdn="NRCellDU=2"><r p="1">42</r><suspect>true</suspect></measValue>
            </measInfo></measData></measCollecFile>
            """.Trim());
        IngestReport xml = core.Ingest(file);
        Assert.Equal((MeasurementFormat.Ts32435Xml, 1, 2, 2UL, "suspect"), (xml.Format, xml.Objects, xml.Metrics, xml.Samples, Assert.Single(xml.Skipped).Why));
        Assert.Equal((1_699_999_200_000_000_000UL, 1_700_000_100_000_000_000UL), (xml.FromNs!.Value, xml.ToNs!.Value));
        ulong held = core.GetState().HistorySamples;
        foreach (string bad in new[] { "<a>", "{}", "{\"rows\":", "<!DOCTYPE a [<!ENTITY b 'c'>]><measCollecFile/>" })
        {
            Assert.StartsWith("message", Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(() => core.Ingest(bad))).Message, StringComparison.Ordinal);
        }
        using DecisionCore small = new(new CognitiveOptions { MaxMessageBytes = 20 });
        Assert.Equal(RanCognitionStatus.Limit, Refusal.Of(() => small.Ingest(Samples.Rows())));
        Assert.Equal(held, core.GetState().HistorySamples);
    }

    [Fact]
    public async Task A_record_is_replayed_and_what_was_changed_in_it_is_found()
    {
        string record = Path.Combine(_folder.FullName, "calls.jsonl");
        ulong now = Samples.DecisionNs, bits = 1;
        using (DecisionCore core = new(new CognitiveOptions { RecordTo = record }, new Host { Now = () => now += 1000, Random = () => bits++ }))
        {
            Decision decision = core.Decide(Samples.Handovers(60) with { TimeNs = null, Problem = Samples.Handovers(60).Problem with { Seed = null } });
            core.DecideWith(Samples.Tilts(10, 20), Samples.Simulated(12));
            core.Ingest(Samples.Rows());
            core.ReportOutcome(Outcome(decision, 10, decision.Rollback.ObserveNs));
            core.Rollback(2);
            Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of(() => core.Rollback(7)));
            core.GetState();
        }
        ReplayReport report = DecisionCore.Replay(record);
        Assert.Equal((7UL, 7UL), (report.Calls, report.Equal));
        Assert.Empty(report.Different);
        List<double> shares = [];
        ReplayReport again = await DecisionCore.ReplayAsync(record, new Host { Now = () => 5 }, new Direct(shares.Add));
        Assert.Equal((7UL, 7UL, 0UL), (again.Calls, again.Equal, again.ExecutionTime));
        Assert.NotEmpty(shares);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DecisionCore.ReplayAsync(record, new Host { Progress = (_, _) => false }));
        Assert.Equal("now", Assert.Throws<InvalidTimeZoneException>(() => DecisionCore.Replay(record, new Host { Progress = (_, _) => throw new InvalidTimeZoneException("now") })).Message);

        File.WriteAllText(record, File.ReadAllText(record).Replace("too_late", "too_early", StringComparison.Ordinal));
        ReplayDifference difference = DecisionCore.Replay(record).Different[0];
        Assert.Equal((2UL, "decide"), (difference.Line, difference.Call));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => DecisionCore.Replay(record + "x")));
        string[] lines = File.ReadAllLines(record);
        File.WriteAllText(record, "{]\n");
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => DecisionCore.Replay(record)));
        File.WriteAllLines(record, [lines[0], "{]", .. lines[2..]]);
        Assert.Equal(RanCognitionStatus.InvalidJson, Refusal.Of<RanCognitionJsonException>(() => DecisionCore.Replay(record)));
    }

    [Fact]
    public void The_core_of_a_module_belongs_to_the_loader_and_its_schedulers_tasks_use_it()
    {
        using ModuleLoader loader = new();
        LoadedModule module = loader.LoadCognitive(new CognitiveOptions { Seed = 4 });
        DecisionCore core = module.Cognitive;
        Assert.Same(core, loader.Load("cognitive").Cognitive);
        Assert.Contains("decide_with", module.Interfaces().Interfaces[0].Functions);
        Scheduler scheduler = loader.LoadScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }).Scheduler;
        TaskSpec spec = new() { Type = new TaskType(TaskKind.CognitiveProcessing) };
        Constraint most = new() { Id = "most", ConstraintType = "max", Parameters = [new("RRU.PrbTotDl", 40)] };
        DecisionOutcome outcome = new() { DecisionId = 1, TimeNs = Samples.DecisionNs + 1, Observed = [new("RRU.PrbTotDl", 50)] };
        CognitiveOperation[] operations =
        [
            new(CognitiveOperationKind.Decide, ContractJson.Write(Samples.Handovers(60)), ContractJson.Write(new[] { most }), 0),
            new(CognitiveOperationKind.ReportOutcome, ContractJson.Write(outcome), default, 0), new(CognitiveOperationKind.Rollback, default, default, 1),
            new(CognitiveOperationKind.Ingest, Encoding.UTF8.GetBytes(Samples.Rows()), default, 0), new(CognitiveOperationKind.Ingest, "<a>"u8.ToArray(), default, 0),
            new(CognitiveOperationKind.GetState, default, default, 0),
        ];
        foreach ((int i, CognitiveOperation operation) in operations.Index())
        {
            scheduler.ScheduleTask(0, (byte)i, spec, ContractJson.Write(operation));
        }
        IReadOnlyList<TaskResult> results = scheduler.ExecuteReadyTasks().TasksExecuted;
        Decision decision = ContractJson.Read<Decision>(results[0].Reply.Span);
        Assert.Equal((CauseNames.TooLate, "most"), (decision.Cause.Name, Assert.Single(decision.Targets).Id));
        Assert.Equal(OutcomeVerdict.Watching, ContractJson.Read<OutcomeReply>(results[1].Reply.Span).Verdict);
        Assert.Equal(core.Rollback(1).Restore, ContractJson.Read<RollbackReply>(results[2].Reply.Span).Restore);
        Assert.Equal(23UL, ContractJson.Read<IngestReport>(results[3].Reply.Span).Samples);
        Assert.Contains("the text ends within <a>", results[4].Error, StringComparison.Ordinal);
        Assert.Equal(1UL, Count(ContractJson.Read<CognitiveState>(results[5].Reply.Span), "TOTAL"));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = module.Optimization));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = loader.Load("scheduler").Cognitive));
        loader.Unload("cognitive");
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of(() => core.GetState()));
        loader.Load("cognitive").Cognitive.Dispose();
    }

    [Fact]
    public void What_cannot_be_used_is_refused_by_its_place_and_changes_nothing()
    {
        using DecisionCore core = new();
        DecisionProblem problem = Samples.Tilts(10);
        foreach ((string place, Action call) in new (string, Action)[]
        {
            ("options: /max_message_bytes", () => _ = new DecisionCore(new CognitiveOptions { MaxMessageBytes = 0 })), ("options", () => _ = new DecisionCore("[]")), ("problem", () => core.Decide("{")),
            ("problem", () => core.Decide(problem with { Candidates = [[new("NRCellDU=1", "", null, 3)]] })), ("problem", () => core.Decide(problem with { TargetProbability = 2 })),
            ("problem/rollback_condition", () => core.Decide(problem with { RollbackCondition = "a <" })), ("constraints", () => core.Decide("{}", "[5]")),
            ("problem", () => core.DecideWith(problem with { TargetProbability = -1 }, Samples.Simulated(1))), ("outcome", () => core.ReportOutcome("{}")),
            ("decision_id", () => core.ReportOutcome(new DecisionOutcome { DecisionId = 1 })), ("decision_id", () => core.Rollback(0)),
        })
        {
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(call));
            Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
            Assert.NotEqual(RanCognitionStatus.Internal, error.Status);
        }
        Assert.Equal(0UL, Count(core.GetState(), "TOTAL"));
    }

    [Fact]
    public void A_core_that_was_disposed_of_takes_no_more()
    {
        DecisionCore core = new();
        core.Dispose();
        core.Dispose();
        Assert.Throws<ObjectDisposedException>(() => core.GetState());
        Assert.Throws<ObjectDisposedException>(() => core.Decide(Samples.Handovers(60)));
        Assert.Throws<ObjectDisposedException>(() => core.DecideWith(Samples.Tilts(10), Samples.Simulated(1)));
        Assert.Throws<ObjectDisposedException>(() => core.Ingest(Samples.Rows()));
    }

    private static DecisionOutcome Outcome(Decision decision, double tooLate, ulong afterNs) => new()
    {
        DecisionId = decision.DecisionId, TimeNs = decision.TimeNs + afterNs, Observed = [new($"{Samples.Relation}/MM.HoExeInterReq", 400), new($"{Samples.Relation}/HO.IntraSys.TooLate", tooLate)],
    };

    private static ulong Count(CognitiveState state, string name) => state.Decisions.Single(entry => entry.Key == name).Value;

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
