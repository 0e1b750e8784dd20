using System.Text;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;

namespace RanCognition.Tests.Interop;

/// <summary>Models of the application, asynchronous calls and cancellation.</summary>
public sealed class DecisionCoreCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly DecisionProblem Choice = Samples.Tilts(10, 20, 40, 50);

    /// <summary>More candidates than anybody waits for.</summary>
    private static readonly DecisionProblem Long = Samples.Tilts([.. Enumerable.Range(0, 9000).Select(i => i % 900)]);

    private static ulong Decisions(DecisionCore core) => core.GetState().Decisions.Single(entry => entry.Key == "TOTAL").Value;

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    [Fact]
    public void A_model_is_asked_by_names_and_has_its_own_room()
    {
        using DecisionCore core = new();
        List<WhatIfQuestion> questions = [];
        core.DecideWith(Choice, (question, values) =>
        {
            questions.Add(question);
            Assert.Equal(question.Metrics.Count, values.Length);
            Assert.All(values.ToArray(), value => Assert.True(double.IsNaN(value)));
            return Samples.Simulated(18)(question, values);
        });
        Assert.Empty(questions[0].Actions);   // the network as it is comes first
        Assert.All(questions, question => Assert.Equal(["DRB.UEThpDl", "RRU.PrbTotDl"], question.Metrics.Order()));
        Assert.All(questions.Skip(1), question => Assert.Equal(("NRCellDU=1", "digitalTilt", (MetadataValue?)30), (Assert.Single(question.Actions).ManagedObject, question.Actions[0].Attribute, question.Actions[0].Before)));
        Assert.Superset(new HashSet<MetadataValue> { 10, 20, 40, 50 }, questions.Skip(1).Select(question => question.Actions[0].After!).ToHashSet());
    }

    [Fact]
    public void Asked_in_json_a_model_sees_what_it_sees_in_records()
    {
        Host stopped = new() { Now = () => Samples.DecisionNs };
        using DecisionCore records = new("", stopped), texts = new("", stopped);
        Decision decision = records.DecideWith(Choice, Samples.Simulated(18));
        string json = texts.DecideWith(ContractJson.Write(Choice), (question, values) =>
        {
            WhatIfQuestion asked = ContractJson.Read<WhatIfQuestion>(question);
            Assert.Equal(Encoding.UTF8.GetString(question), Encoding.UTF8.GetString(ContractJson.Write(asked)));
            return Samples.Simulated(18)(asked, values);
        });
        Assert.Equal(json, Encoding.UTF8.GetString(ContractJson.Write(decision)));
    }

    [Fact]
    public void What_a_model_throws_comes_out_and_nothing_was_decided()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using DecisionCore core = new();
        InvalidTimeZoneException thrown = new("model");
        int calls = 0;
        core.DecideWith(Choice, (question, values) =>
        {
            calls++;
            return Samples.Simulated(18)(question, values);
        });
        int all = calls;
        Assert.True(all >= 5);
        for (int last = 1; last <= all; last++)   // the last question too
        {
            calls = 0;
            Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => core.DecideWith(Choice, (question, values) => ++calls == last ? throw thrown : Samples.Simulated(18)(question, values))));
            Assert.Equal(last, calls);
            Assert.Equal(1UL, Decisions(core));
        }
        Assert.Equal(2UL, core.DecideWith(Choice, Samples.Simulated(18)).DecisionId);
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void What_a_model_cannot_tell_is_expected_as_the_library_expects_it()
    {
        using DecisionCore core = new(), other = new();
        Decision plain = core.Decide(Choice);
        foreach (WhatIfModel model in new WhatIfModel[] { (_, _) => true, (_, _) => false, (_, values) => Fail(values) })
        {
            using DecisionCore one = new();
            Decision decision = one.DecideWith(Choice, model);
            Assert.Equal(plain.Actions, decision.Actions);
            Assert.Equal(plain.Expected.Select(metric => metric.P50), decision.Expected.Select(metric => metric.P50));
        }

        static bool Fail(Span<double> values)
        {
            values.Fill(1e6);   // and yet nothing can be told
            return false;
        }
    }

    [Fact]
    public void A_model_may_use_any_core_but_its_own()
    {
        using DecisionCore core = new(), other = new();
        int refused = 0;
        Decision decision = core.DecideWith(Choice, (question, values) =>
        {
            Refusal.Of<RanCognitionBusyException>(() => core.GetState());
            Refusal.Of<RanCognitionBusyException>(() => core.Decide(Choice));
            refused++;
            other.DecideWith(Choice, Samples.Simulated(1));
            return Samples.Simulated(48)(question, values);
        });
        Assert.Equal((MetadataValue?)50, Assert.Single(decision.Actions).After);
        Assert.True(refused >= 5);
        Assert.Equal((1UL, (ulong)refused), (Decisions(core), Decisions(other)));
    }

    [Fact]
    public async Task Asynchronous_calls_give_what_the_synchronous_ones_give()
    {
        Host stopped = new() { Now = () => Samples.DecisionNs };
        using DecisionCore one = new("", stopped), two = new("", stopped);
        string expected = one.Decide(ContractJson.Write(Samples.Handovers(60)));
        Assert.Equal(expected, await two.DecideAsync(Text(Samples.Handovers(60))).WaitAsync(Patience));
        Assert.Equal(Text(one.Decide(Choice)), Text(await two.DecideAsync(Choice).WaitAsync(Patience)));
        Assert.Equal(Text(one.DecideWith(Choice, Samples.Simulated(18))), Text(await two.DecideWithAsync(Choice, Samples.Simulated(18)).WaitAsync(Patience)));
        WhatIfFunction model = (question, values) => Samples.Simulated(18)(ContractJson.Read<WhatIfQuestion>(question), values);
        Assert.Equal(one.DecideWith(Text(Choice), model), await two.DecideWithAsync(Text(Choice), model).WaitAsync(Patience));
        DecisionOutcome outcome = new() { DecisionId = 1, TimeNs = 2 * Samples.DecisionNs, Observed = [new($"{Samples.Relation}/HO.IntraSys.TooLate", 5), new($"{Samples.Relation}/MM.HoExeInterReq", 400)] };
        Assert.Equal(Text(one.ReportOutcome(outcome)), Text(await two.ReportOutcomeAsync(outcome).WaitAsync(Patience)));
        Assert.Equal(one.ReportOutcome(Text(outcome)), await two.ReportOutcomeAsync(Text(outcome)).WaitAsync(Patience));
        Assert.Equal(one.IngestJson(Samples.Rows()), await two.IngestJsonAsync(Samples.Rows()).WaitAsync(Patience));
        Assert.Equal(Text(one.Ingest(Samples.Rows())), Text(await two.IngestAsync(Samples.Rows()).WaitAsync(Patience)));
        Assert.Equal(one.IngestJson(Encoding.UTF8.GetBytes(Samples.Rows())), await two.IngestJsonAsync(Encoding.UTF8.GetBytes(Samples.Rows())).WaitAsync(Patience));
        Assert.Equal(one.GetStateJson(), two.GetStateJson());

        static string Text<T>(T value) => Encoding.UTF8.GetString(ContractJson.Write(value));
    }

    [Fact]
    public async Task A_decision_tells_its_progress_and_ends_when_it_is_cancelled()
    {
        using DecisionCore core = new();
        using CancellationTokenSource source = new();
        List<double> shares = [];
        Task<Decision> call = core.DecideAsync(Long, null, new Direct(share =>
        {
            shares.Add(share);
            if (shares.Count == 3)
            {
                source.Cancel();
            }
        }), source.Token);
        Task<OutcomeReply> waiting = core.ReportOutcomeAsync(new DecisionOutcome { DecisionId = 1 }, source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token, 3), (call.IsCanceled, error.CancellationToken, shares.Count));
        Assert.Equal(shares.Order(), shares);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        Task thrown = core.DecideAsync(Long, null, new Direct(_ => throw new InvalidTimeZoneException("progress")));
        Assert.Equal("progress", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => thrown.WaitAsync(Patience))).Message);
        using DecisionCore host = new("", new Host { Progress = (_, _) => false });
        Assert.Equal(RanCognitionStatus.Cancelled, Refusal.Of<RanCognitionCanceledException>(() => host.Decide(Choice)));
        Assert.Equal((0UL, 0UL), (Decisions(core), Decisions(host)));
    }

    [Fact]
    public async Task A_model_is_asked_no_more_once_its_call_is_cancelled()
    {
        using DecisionCore core = new();
        using CancellationTokenSource source = new();
        int calls = 0;
        Task<Decision> call = core.DecideWithAsync(Long, (question, values) =>
        {
            if (++calls == 4)
            {
                source.Cancel();
            }
            return Samples.Simulated(18)(question, values);
        }, null, null, source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token, 4, 0UL), (call.IsCanceled, error.CancellationToken, calls, Decisions(core)));
    }

    [Fact]
    public async Task A_core_that_is_disposed_of_during_a_call_finishes_it()
    {
        DecisionCore core = new();
        using ManualResetEventSlim running = new(), disposed = new();
        Task<Decision> call = core.DecideWithAsync(Choice, (question, values) =>
        {
            running.Set();
            GC.Collect();
            disposed.Wait(Patience);
            return Samples.Simulated(18)(question, values);
        });
        Assert.True(running.Wait(Patience));
        Task disposing = Task.Run(core.Dispose);
        disposed.Set();
        Assert.Equal((MetadataValue?)20, Assert.Single((await call.WaitAsync(Patience)).Actions).After);
        await disposing.WaitAsync(Patience);
        Assert.Throws<ObjectDisposedException>(() => core.GetStateJson());
    }
}
