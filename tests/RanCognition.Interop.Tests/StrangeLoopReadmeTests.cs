using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

using StrangeLoop = RanCognition.Interop.StrangeLoop;   // not the namespace

/// <summary>The package's README shows these lines; they do what it says.</summary>
public class StrangeLoopReadmeTests
{
    [Fact]
    public async Task The_example_of_the_strange_loop_runs_and_is_the_one_of_the_README()
    {
        using StrangeLoop loop = new();
        FixedPointResult rest = loop.SolveWith(new FixedPointRequest { X0 = [1, 1] }, (x, image) =>   // where your model x = F(x) comes to rest
        {
            image[0] = Math.Cos(x[1]);
            image[1] = 0.5 * Math.Sin(x[0]);
        });
        bool isSure = rest is { State: FixedPointState.Converged, ErrorBound: < 1e-9 };

        double[] measured = [61, 58, 63, 66, 60, 64, 67, 62, 59, 65];
        for (int hour = 0; hour < measured.Length; hour++)   // what a function expects of its own doing, and what came of it
        {
            loop.Observe(new LoopObservation { LoopId = "MLB", Predict = [new("RRU.PrbTotDl", Mean: 55, Lower: 50, Upper: 60, Coverage: 0.9)] });
            loop.Observe(new LoopObservation { LoopId = "MLB", Observed = [new("RRU.PrbTotDl", measured[hour])] });
        }
        LoopReply next = loop.Observe(new LoopObservation { LoopId = "MLB", Predict = [new("RRU.PrbTotDl", Mean: 55, Lower: 50, Upper: 60, Coverage: 0.9)] });
        CorrectedForecast load = next.Corrected[0];   // about 62, in an interval that holds 90 % of what comes

        ConflictReport report = await loop.DetectConflictsAsync(new ConflictRequest
        {
            Groups = [new("mobility", [new("cell", "cellIndividualOffset"), new("cell", "hysteresis")])],
            Commands =
            [
                new() { Source = "MLB", TargetParameter = "cellIndividualOffset", TargetValue = "3", TargetCell = "c1", StartNs = 0, SpanNs = 60_000_000_000 },
                new() { Source = "MRO", TargetParameter = "hysteresis", TargetValue = "2", TargetCell = "c1", StartNs = 30_000_000_000, SpanNs = 60_000_000_000 },
            ],
            Loops = new ControlLoops { Names = ["MLB", "MRO"], Gain = [[0, -1.3], [1.1, 0]] },   // what each changes per change of the other
        });
        double factor = report.Loops!.Advice.Damping!.Value;   // they chase each other; with changes times this they settle

        Assert.True(isSure);
        Assert.Equal(rest.X![0], Math.Cos(0.5 * Math.Sin(rest.X[0])), 9);
        Assert.InRange(load.Mean!.Value, 60, 64);
        Assert.InRange(factor, 0.1, 2 / (1 + (1.3 * 1.1)));
        Assert.Equal((ConflictKind.Indirect, "mobility"), (Assert.Single(report.Conflicts).Kind, report.Conflicts[0].GroupName));
        string page = File.ReadAllText(BuiltLibrary.Source("../../src/RanCognition.Interop/README.md"));
        foreach (string line in File.ReadAllLines(BuiltLibrary.Source("StrangeLoopReadmeTests.cs")).SkipWhile(line => !line.Contains("StrangeLoop loop")).TakeWhile(line => !line.Contains("Assert.True(isSure")))
        {
            Assert.Contains(line.Trim(), page, StringComparison.Ordinal);
        }
    }
}
