using RanCognition.Cognition.Networks;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;
using RanCognition.Temporal;
using RanCognition.Tests.RadioNetwork;

namespace RanCognition.Tests.Cognition;

/// <summary>Questions about networks, and a plain judge of upper and lower limits.</summary>
internal static class NetworkCases
{
    public static readonly string[] NetworkMetrics =
    [
        "utility", "energy_w", "uncovered_share", "throughput_p5_mbps", "throughput_p50_mbps", "throughput_mean_mbps", "max_load", "mean_load", "critical_scale", "geometry_db.p5", "geometry_db.p50",
        "geometry_db.p95", "coupling_loss_db.p5", "coupling_loss_db.p50", "coupling_loss_db.p95", "RRU.PrbTotDl", "DRB.UEThpDl", "PEE.AvgPower", "PEE.Energy", "feasible", "overloaded_cells", "cells_on",
    ];

    public static NetworkAnswers Answers(NetworkModel model, params AttributeSetting[] configuration) => new(new RadioNetworkEvaluator(model, "problem/network"), model, configuration);

    public static ConfigurationChange Change(int cell, string attribute, MetadataValue after) => new("NRCellDU=" + (cell + 1), attribute, null, after);

    public static SituationView View(DecisionProblem question, ulong? deadlineNs = null, FixedHost? host = null)
    {
        host ??= new FixedHost();
        return new SituationView
        {
            Kernels = SimdOps.Vector,
            Question = question,
            TimeNs = host.NowNanoseconds(),
            Seed = 1,
            ObserveNs = 900_000_000_000,
            Series = new SeriesBook(question.Problem, _ => null),
            Configuration = new ConfigurationView(question.Configuration),
            Budget = new TimeBudget(host, host.NowNanoseconds(), deadlineNs),
        };
    }

    /// <summary>A few cells of one or two sites with load, every random thing from the seed; feasible as it is.</summary>
    public static NetworkModel Small(ulong seed, int cells)
    {
        for (ulong attempt = 0; ; attempt++)
        {
            NetworkModel model = RandomNetworks.Of(seed + 1_000_003 * attempt, usersMax: 30, cellsMax: 9, severalCarriers: false, someOff: false);
            if (model.Cells!.Count == cells && new RadioNetworkEvaluator(model, "network").IsFeasible)
            {
                return model;
            }
        }
    }

    /// <summary>One to four changes of any kind that the model knows.</summary>
    public static List<ConfigurationChange> RandomActions(ref RandomStream random, int cells)
    {
        List<ConfigurationChange> actions = [];
        int count = 1 + RandomNetworks.Below(ref random, 4);
        for (int i = 0; i < count; i++)
        {
            int cell = RandomNetworks.Below(ref random, cells);
            actions.Add(RandomNetworks.Below(ref random, 5) switch
            {
                0 => Change(cell, "digitalTilt", Math.Round(400 * random.NextDouble() - 50)),
                1 => Change(cell, "configuredMaxTxPower", 30 + Math.Round(200 * random.NextDouble()) / 10),
                2 => Change(cell, "administrativeState", random.NextDouble() < 0.5 ? "LOCKED" : "UNLOCKED"),
                3 => Change(cell, "energySavingState", random.NextDouble() < 0.5 ? "isEnergySaving" : "isNotEnergySaving"),
                _ => Change(cell, "cellIndividualOffset", Math.Round(12 * random.NextDouble()) - 6),
            });
        }
        return actions;
    }

    /// <summary>What changes make of cells, written down plainly: the configuration is not known.</summary>
    public static CellSpec[] Applied(NetworkModel model, IReadOnlyList<ConfigurationChange> actions)
    {
        CellSpec[] cells = [.. model.Cells!];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            bool locked = false, saving = false, somehow = !cells[cell].On;
            foreach (ConfigurationChange action in actions)
            {
                if (action.ManagedObject != "NRCellDU=" + (cell + 1))
                {
                    continue;
                }
                double number = action.After is MetadataValue.Number value ? value.Value : 0;
                string word = action.After is MetadataValue.Text text ? text.Value : "";
                switch (action.Attribute)
                {
                    case "digitalTilt":
                        cells[cell] = cells[cell] with { TiltDeg = (900 + number) / 10 };
                        break;
                    case "configuredMaxTxPower":
                        cells[cell] = cells[cell] with { PowerDbm = number };
                        break;
                    case "cellIndividualOffset":
                        cells[cell] = cells[cell] with { CioDb = number };
                        break;
                    case "administrativeState":
                        (locked, somehow) = (word != "UNLOCKED", false);
                        break;
                    default:
                        (saving, somehow) = (word == "isEnergySaving", false);
                        break;
                }
            }
            cells[cell] = cells[cell] with { On = !locked && !saving && !somehow };
        }
        return cells;
    }

    public static void Near(double expected, double found, double relative, string what)
    {
        bool same = double.IsNaN(expected) ? double.IsNaN(found) : expected == found || Math.Abs(expected - found) <= relative * Math.Max(Math.Abs(expected), 1e-3);
        Assert.True(same, FormattableString.Invariant($"{what}: expected {expected:R}, found {found:R}"));
    }
}
