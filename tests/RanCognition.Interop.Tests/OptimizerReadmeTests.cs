using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>The package's README shows these lines; they do what it says.</summary>
public class OptimizerReadmeTests
{
    [Fact]
    public async Task The_example_of_the_optimizer_runs_and_is_the_one_of_the_README()
    {
        NetworkModel network = new() { Layout = new LayoutSpec { Sites = 7 }, Users = new UsersSpec { Count = 300, Seed = 1 }, TrafficMbps = 100 };
        using Optimizer optimizer = new();
        OptimizationResult night = await optimizer.OptimizeAsync(new OptimizationProblem { ProblemType = SonProblemType.Es, Network = network, Budget = new() { Evaluations = 500 } });
        string[] asleep = [.. night.Actions!.Where(change => change.After is MetadataValue.Text("LOCKED")).Select(change => change.ManagedObject)];

        OptimizationProblem knobs = new()
        {
            Variables = [new() { Name = "tilt", Lower = 0, Upper = 12, Step = 0.1 }, new() { Name = "timeToTrigger", Kind = VariableKind.Ordered, Values = [40, 64, 80, 100, 128] }],
            Objectives = [new("failures", Maximize: false)], Constraints = ["pingPongs"], Budget = new() { Evaluations = 200 }, Seed = 1,
        };
        OptimizationResult best = optimizer.OptimizeWith(knobs, (x, objectives, constraints) =>   // your simulator
        {
            objectives[0] = Math.Pow(x[0] - 6.3, 2) + (x[1] / 100);
            constraints[0] = 70 - x[1];   // holds at 0 and below
            return true;                  // false = this point failed
        });

        optimizer.Begin(knobs);   // or a live network, at its own pace
        while (optimizer.Ask(capacity: 4) is { Length: > 0 } points)
        {
            foreach (double[] x in points)
            {
                optimizer.Tell(x, [Math.Pow(x[0] - 6.3, 2) + (x[1] / 100)], [70 - x[1]]);
            }
        }
        double[] same = optimizer.Result().Best!.X;   // 6.3, 80

        Assert.Contains("NRCellDU=", string.Join(' ', asleep), StringComparison.Ordinal);
        Assert.True(night.Best!.Feasible);
        Assert.Equal([6.3, 80], best.Best!.X.Select(value => Math.Round(value, 9)));
        Assert.Equal(best.Best.X, same);
        string page = File.ReadAllText(BuiltLibrary.Source("../../src/RanCognition.Interop/README.md"));
        foreach (string line in File.ReadAllLines(BuiltLibrary.Source("OptimizerReadmeTests.cs")).SkipWhile(line => !line.Contains("NetworkModel network")).TakeWhile(line => !line.Contains("Assert.Contains(\"NRCellDU=")))
        {
            Assert.Contains(line.Trim(), page, StringComparison.Ordinal);
        }
    }
}
