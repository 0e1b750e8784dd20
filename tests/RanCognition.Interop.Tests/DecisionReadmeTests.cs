using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>The package's README shows these lines; they do what it says.</summary>
public sealed class DecisionReadmeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("readme");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_example_of_the_cognitive_core_runs_and_is_the_one_of_the_README()
    {
        string file = Path.Combine(_folder.FullName, "decisions.db");
        using DecisionCore core = new(new CognitiveOptions { Path = file });   // without a path it lives in the process
        DecisionProblem late = new()
        {
            Problem = new RanProblem
            {
                Id = "late", NetworkId = "site 7", ProblemType = "MRO",
                History =
                [
                    new("NRCellRelation=1-2/MM.HoExeInterReq", new MetricHistory { StartNs = 1_700_000_000_000_000_000, StepNs = 900_000_000_000, Values = [410, 395, 402, 388, 417, 400, 391, 405] }),
                    new("NRCellRelation=1-2/HO.IntraSys.TooLate", new MetricHistory { StartNs = 1_700_000_000_000_000_000, StepNs = 900_000_000_000, Values = [61, 58, 66, 57, 60, 63, 59, 62] }),
                ],
            },
            TimeNs = 1_700_007_200_000_000_000, Configuration = [new("NRCellRelation=1-2", "cellIndividualOffset", 0)], Protected = ["NRCellDU=9"],
        };
        Decision decision = await core.DecideAsync(late, [new() { Id = "few", ConstraintType = "max", Parameters = [new("NRCellRelation=1-2/HO.IntraSys.TooLate", 50)] }]);
        foreach (ConfigurationChange change in decision.Actions)   // cellIndividualOffset 0 -> 2, as the cause is too_late
        {
            Console.WriteLine($"{decision.Cause.Name}: {change.ManagedObject} {change.Attribute} {change.Before} -> {change.After}, {decision.Confidence:P0}");
        }
        OutcomeReply outcome = core.ReportOutcome(new DecisionOutcome   // an hour later: worse than before
        {
            DecisionId = decision.DecisionId, TimeNs = decision.TimeNs + decision.Rollback.ObserveNs,
            Observed = [new("NRCellRelation=1-2/MM.HoExeInterReq", 400), new("NRCellRelation=1-2/HO.IntraSys.TooLate", 80)],
        });
        bool isToBeUndone = outcome is { Verdict: OutcomeVerdict.RollBack, Restore.Count: 1 };   // cellIndividualOffset 0 again

        DecisionProblem tilt = new()
        {
            Problem = new RanProblem { Id = "tilt", CurrentState = [new("DRB.UEThpDl", 10)], Objectives = ["maximize DRB.UEThpDl"] },
            Configuration = [new("NRCellDU=3", "digitalTilt", 30)],
            Candidates = [[new("NRCellDU=3", "digitalTilt", null, 20)], [new("NRCellDU=3", "digitalTilt", null, 40)]],
        };
        Decision simulated = core.DecideWith(tilt, (question, values) =>   // your simulator
        {
            values[0] = question.Actions is [{ After: MetadataValue.Number tenths }] ? 20 - (Math.Abs(tenths.Value - 42) / 2) : 10;
            return true;   // false = nothing can be told of these changes
        });
        MetadataValue best = simulated.Actions[0].After!;   // 40

        Assert.Equal(CauseNames.TooLate, decision.Cause.Name);
        Assert.Equal([new ConfigurationChange("NRCellRelation=1-2", "cellIndividualOffset", 0, 2)], decision.Actions);
        Assert.True(isToBeUndone);
        Assert.Equal((MetadataValue?)0, outcome.Restore![0].After);
        Assert.Equal(40, best);
        Assert.True(File.Exists(file));
        string page = File.ReadAllText(BuiltLibrary.Source("../../src/RanCognition.Interop/README.md")).Replace("\"decisions.db\"", "file", StringComparison.Ordinal);
        foreach (string line in File.ReadAllLines(BuiltLibrary.Source("DecisionReadmeTests.cs")).SkipWhile(line => !line.Contains("DecisionCore core")).TakeWhile(line => !line.Contains("Assert.Equal(CauseNames")))
        {
            Assert.Contains(line.Trim(), page, StringComparison.Ordinal);
        }
    }
}
