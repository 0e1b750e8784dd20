using RanCognition.Contracts;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class PciProblemTests
{
    [Fact]
    public void The_computed_identities_are_as_good_as_the_best_of_all()
    {
        int infeasible = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            int cells = random.Next(2, 6);
            (_, List<int> edges) = Graphs.Random(random, cells, random.NextDouble());
            int[] values = Values(random, random.Next(1, 6));
            var spec = new PciSpec
            {
                Cells = cells,
                Relations = [.. edges.Select(vertex => vertex + 1)],
                Weights = [.. Enumerable.Range(0, edges.Count / 2).Select(_ => 0.25 * random.Next(1, 9))],
                Values = values,
                Present = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, cells).Select(_ => values[random.Next(values.Length)])],
                Confusion = random.Next(2) == 0,
            };
            var problem = new PciProblem(new OptimizationProblem { ProblemType = SonProblemType.Pci, Pci = spec });

            SonSolution solution = problem.Solve();

            (double? best, bool[] unmet) = BruteForce(spec, values, cells);
            double[] objective = new double[1], constraints = new double[problem.Constraints.Count];
            problem.Evaluate(solution.X, objective, constraints);
            Assert.True(solution.IsOptimal);
            if (best is null)
            {
                infeasible++;
                string[] expected = unmet[0] ? ["collision"] : unmet[1] ? ["confusion"] : ["collision", "confusion"];
                Assert.Equal(expected, solution.InfeasibleSubset!);
                continue;
            }
            Assert.All(constraints, value => Assert.Equal(0, value));
            Assert.Equal(best.Value, objective[0], 9);
            Assert.Equal(best.Value, solution.Bound!.Value, 9);
        }
        Assert.InRange(infeasible, 10, 110);
    }

    [Fact]
    public void A_network_of_57_cells_gets_rid_of_collisions_and_confusions_and_of_most_conflicts_modulo_3()
    {
        var random = new Random(5);
        (int cells, List<int> edges) = Graphs.Random(random, 57, 0.12);
        var spec = new PciSpec { Cells = cells, Relations = [.. edges.Select(v => v + 1)], ValueCount = 120, Present = [.. Enumerable.Range(0, cells).Select(_ => random.Next(40))] };
        var problem = new PciProblem(new OptimizationProblem { Pci = spec });

        double[] x = problem.Solve().X;

        Dictionary<string, ExpectedChange> expected = problem.Expected(x).ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.True(expected["pci_collisions"].Before > 0);
        Assert.Equal(0, expected["pci_collisions"].After);
        Assert.Equal(0, expected["pci_confusions"].After);
        Assert.True(expected["mod3_conflicts"].After < 0.6 * expected["mod3_conflicts"].Before);
        Assert.All(problem.Actions(x), change => Assert.Equal("nRPCI", change.Attribute));
    }

    [Fact]
    public void Only_changes_are_listed_and_a_perfect_network_stays()
    {
        var spec = new PciSpec { Cells = 3, Relations = [1, 2, 2, 3], Present = [0, 1, 2] };
        var problem = new PciProblem(new OptimizationProblem { Pci = spec });
        SonSolution solution = problem.Solve();
        Assert.Empty(problem.Actions(solution.X));
        Assert.Equal(0, solution.Bound);

        problem = new PciProblem(new OptimizationProblem { Pci = spec with { Present = [0, 1, 0] } });   // confused by cell 2
        ConfigurationChange change = Assert.Single(problem.Actions(problem.Solve().X));
        Assert.True(change.ManagedObject is "NRCellDU=1" or "NRCellDU=3");
        Assert.Equal((MetadataValue)0, change.Before);
    }

    [Fact]
    public void Neighbours_of_a_network_are_cells_that_its_users_receive_alike()
    {
        // user 1 hears cells 1 and 2 alike, user 2 cell 3 alone
        var links = new LinkSpec { Users = 2, Sites = 3, LossDb = [100, 103, 130, 130, 130, 100], AzimuthDeg = new double[6], ZenithDeg = new double[6] };
        var network = new NetworkModel { Links = links, Antenna = new AntennaSpec { Model = AntennaModel.Omni }, Cells = [new CellSpec(), new CellSpec(), new CellSpec()] };
        var neighbours = new NetworkNeighbours(network, "network");
        Assert.Equal([1, 2], neighbours.Relations);
        Assert.Equal([1.0], neighbours.Weights);

        var problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Pci, Network = SmallNetworks.Layout(7, 300, 1), Pci = new PciSpec { ValueCount = 60 } });
        Assert.Equal(21, problem.Variables.Count);
        SonSolution solution = problem.Solve()!;
        double[] cost = new double[1], constraints = new double[2];
        problem.Evaluate(solution.X, cost, constraints);
        Assert.Equal([0.0, 0.0], constraints);
        Assert.True(cost[0] > 0);
    }

    [Theory]
    [InlineData("problem/pci/relations/1")]
    [InlineData("problem/pci/values/2")]
    [InlineData("problem/pci/present/0")]
    [InlineData("problem/pci/weights/0")]
    [InlineData("problem/pci/cells")]
    public void Bad_input_is_named(string place)
    {
        var spec = new PciSpec { Cells = 3, Relations = [1, 2, 2, 3], Values = [1, 2, 3], Present = [1, 2, 3], Weights = [1, 1] };
        spec = place switch
        {
            "problem/pci/relations/1" => spec with { Relations = [1, 2, 3, 4] },
            "problem/pci/values/2" => spec with { Values = [1, 2, 1] },
            "problem/pci/present/0" => spec with { Present = [1008, 1, 1] },
            "problem/pci/weights/0" => spec with { Weights = [double.NaN, 1] },
            _ => spec with { Cells = 0 },
        };
        var error = Assert.Throws<InvalidInputException>(() => SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Pci, Pci = spec }));
        Assert.Equal(place, error.Argument);
    }

    private static int[] Values(Random random, int count)
    {
        var values = new HashSet<int>();
        while (values.Count < count)
        {
            values.Add(random.Next(12));
        }
        return [.. values];
    }

    /// <summary>Least cost; null = none allowed, and whether collision or confusion alone is why.</summary>
    private static (double? Best, bool[] Unmet) BruteForce(PciSpec spec, int[] values, int cells)
    {
        double? best = null;
        bool[] unmet = [true, spec.Confusion];
        int total = (int)Math.Round(Math.Pow(values.Length, cells));
        for (int code = 0; code < total; code++)
        {
            int[] identities = new int[cells];
            for (int cell = 0, rest = code; cell < cells; cell++, rest /= values.Length)
            {
                identities[cell] = values[rest % values.Length];
            }
            bool collides = false, confuses = false;
            double cost = 0;
            for (int i = 0; i < spec.Relations!.Length; i += 2)
            {
                int a = spec.Relations[i] - 1, b = spec.Relations[i + 1] - 1;
                collides |= identities[a] == identities[b];
                cost += identities[a] % 3 == identities[b] % 3 ? spec.Weights![i / 2] : 0;
                for (int j = i + 2; j < spec.Relations.Length && spec.Confusion; j += 2)
                {
                    int c = spec.Relations[j] - 1, d = spec.Relations[j + 1] - 1;
                    confuses |= (a == c && identities[b] == identities[d]) || (a == d && identities[b] == identities[c]) || (b == c && identities[a] == identities[d]) || (b == d && identities[a] == identities[c]);
                }
            }
            for (int cell = 0; cell < cells && spec.Present is not null; cell++)
            {
                cost += identities[cell] == spec.Present[cell] ? 0 : 1.0 / (cells + 1);
            }
            unmet[0] &= collides;
            unmet[1] &= confuses;
            if (!collides && !confuses && !(best <= cost))
            {
                best = cost;
            }
        }
        return (best, unmet);
    }
}
