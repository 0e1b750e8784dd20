using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Temporal;
using RanCognition.Tests.Performance;
using static RanCognition.Tests.Reasoning.TemporalCalls;

namespace RanCognition.Tests.Reasoning;

/// <summary>With and without vector instructions a core answers the same, byte for byte, and without them nothing of it uses any of the vector kernels.</summary>
public class KernelSwitchTests
{
    private static readonly CoreSettings WithoutVectors = new() { Simd = false };

    [Fact]
    public void The_settings_name_the_kernels()
    {
        Assert.Same(SimdOps.Vector, CoreSettings.Default.Kernels);
        Assert.Same(SimdOps.Scalar, WithoutVectors.Kernels);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(20UL)]
    [InlineData(300UL)]
    public void Answers_are_the_same_with_and_without_vectors(ulong seed)
    {
        List<string> with = Answers(Core(CoreSettings.Default), seed), without = Answers(Core(WithoutVectors), seed);
        Assert.Equal(with.Count, without.Count);
        for (int i = 0; i < with.Count; i++)
        {
            Assert.True(with[i] == without[i], $"answer {i} differs");
        }
        // The problem is a rich one: all parts of the answer are there.
        Assert.All(
            ["\"seasonality\"", "\"level_shift\"", "\"outage\"", "\"lead_lag\"", "\"probability\"", "\"ensemble\"", "\"timeline\"", "\"objective\""],
            part => Assert.True(with[0].Contains(part, StringComparison.Ordinal), $"no {part}"));
    }

    [Fact]
    public void Without_vectors_no_part_of_a_core_holds_the_vector_kernels()
    {
        TemporalReasoningCore with = Core(CoreSettings.Default), without = Core(WithoutVectors);
        Answers(with, 1);
        Answers(without, 1);
        List<SimdOps> kernels = KernelsIn.Of(without);
        Assert.True(kernels.Count > 10, $"only {kernels.Count} holders of kernels were found");
        Assert.All(kernels, one => Assert.Same(SimdOps.Scalar, one));
        Assert.All(KernelsIn.Of(with), one => Assert.Same(SimdOps.Vector, one));
    }

    private static TemporalReasoningCore Core(CoreSettings settings) => new(50, 6, new FixedHost(), settings);

    /// <summary>What every call of a core answers, as text; the first one is the analysis.</summary>
    private static List<string> Answers(TemporalReasoningCore core, ulong seed)
    {
        (string, MetricHistory)[] histories = Histories(seed);
        RanProblem problem = Problem(histories) with
        {
            CurrentState = [new("X", 4)],
            HorizonNs = 24 * Hour,
            IncludeTimeline = true,
            Objectives = ["minimize p95(load)", "maximize mean(users)", "minimize sum(load)", "maximize min(late)", "minimize mean(load / users)"],
            Constraints =
            [
                "load <= 80", "always[0,6h](load <= 70)", "eventually[0,12h](users >= 100)", "mean(load) <= 60 and stddev(users) <= 40", "max(late) <= 90", "median(load) >= 10",
                "load / users <= 2", "X >= 1",
            ],
        };
        Timeline timeline = new() { Id = "t", Metrics = problem.History, Constraints = [] };
        // A day of more samples than a fold has bins.
        Timeline fast = new() { Id = "f", Metrics = [new("fast", Series(Daily(8641, day: 2880, seed: seed + 3), Minute / 2))], Constraints = [] };
        double[] values = histories[0].Item2.Values;
        List<string> answers = [Written(Expand(core, problem), JsonOut.TemporalAnalysis)];
        answers.Add(Call(core, meter => core.ParallelTemporalAnalysis([new(problem, null), new(problem with { Seed = seed }, null)], 2, meter), JsonOut.ParallelAnalysis));
        answers.Add(Call(core, meter => core.AnalyzeTemporalPatterns(timeline, meter), JsonOut.Patterns));
        answers.Add(Call(core, meter => core.AnalyzeTemporalPatterns(fast, meter), JsonOut.Patterns));
        answers.Add(Call(core, meter => core.PredictFutureStates(timeline, 12 * Hour, meter), JsonOut.Predictions));
        answers.Add(Call(core, meter => core.OptimizeTemporalExpansion(timeline, meter), JsonOut.OptimizedTimeline));
        foreach ((string _, MetricHistory history) in histories)
        {
            foreach ((ulong step, double coverage) in new[] { (0UL, .95), (history.StepNs, .8) })
            {
                double[] mean = new double[40], lower = new double[40], upper = new double[40];
                core.Forecast(history.Values, step, 40, coverage, mean, lower, upper);
                answers.Add(Bits([.. mean, .. lower, .. upper]));
            }
            answers.Add(string.Join(',', core.DetectChangePoints(history.Values, history.StepNs)));
        }
        double[] scores = new double[values.Length];
        core.ScoreAnomalies(values, Hour, scores);
        answers.Add(Bits(scores));
        return answers;
    }

    private static string Call<T>(TemporalReasoningCore core, Func<CallMeter, T> call, Action<T, IBufferWriter<byte>> write)
    {
        using CallMeter meter = core.StartCall();
        return Written(call(meter), write);
    }

    private static string Bits(double[] values) => Convert.ToHexString(MemoryMarshal.AsBytes<double>(values));

    private static (string, MetricHistory)[] Histories(ulong seed)
    {
        double[] load = [.. Daily(1007, seed: seed).Select((v, t) => t is >= 300 and < 305 ? 0 : t == 450 ? v + 60 : v)];
        double[] late = new double[load.Length];
        for (int t = 0; t < late.Length; t++)
        {
            late[t] = (t < 3 ? 50 : load[t - 3]) + .01 * (t * 7919 % 101);
        }
        double[] users = [.. Daily(671, level: 200, swing: 60, seed: seed + 1).Select((v, t) => t % 97 == 5 ? double.NaN : Math.Round(v))];
        double[] moved = [.. Daily(672, swing: 0, noise: 1, seed: seed + 8).Select((v, t) => v + (t >= 400 ? 25 : 0))];
        double[] seldom = [.. Daily(331, seed: seed + 2).Select(v => Math.Max(0, Math.Round(v - 60)))];
        return
        [
            ("load", Series(load)), ("late", Series(late)), ("users", Series(users, start: Start + (ulong)(load.Length - users.Length) * Hour)),
            ("moved", Series(moved, start: Start + (ulong)(load.Length - moved.Length) * Hour)),
            ("seldom", Series(seldom, start: Start + (ulong)(load.Length - seldom.Length) * Hour)),
        ];
    }
}
