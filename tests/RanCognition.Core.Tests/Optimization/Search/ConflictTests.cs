using System.Numerics;
using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization.Search;

public class ConflictTests
{
    private static double[] Row(ulong violated, int constraints) => [.. Enumerable.Range(0, constraints).Select(i => (violated >> i & 1) != 0 ? 0.5 : 0.0)];

    [Fact]
    public void The_smallest_conflict_is_that_of_brute_force()
    {
        Random random = new(1);
        for (int trial = 0; trial < 400; trial++)
        {
            int constraints = random.Next(1, 11), points = random.Next(1, 40);
            double share = random.NextDouble();
            ConflictBook book = new(constraints);
            List<ulong> violated = [];
            for (int i = 0; i < points; i++)
            {
                ulong set = 0;
                for (int j = 0; j < constraints; j++)
                {
                    set |= random.NextDouble() < share ? 1UL << j : 0;
                }
                set = set == 0 ? 1 : set;
                violated.Add(set);
                book.Enter(Row(set, constraints));
            }
            int smallest = constraints;
            for (ulong subset = 1; subset < 1UL << constraints; subset++)
            {
                if (violated.TrueForAll(set => (set & subset) != 0))
                {
                    smallest = Math.Min(smallest, BitOperations.PopCount(subset));
                }
            }
            int[] found = book.SmallestConflict();
            Assert.Equal(smallest, found.Length);
            Assert.Equal(found.Order(), found);
            Assert.All(violated, set => Assert.Contains(found, i => (set >> i & 1) != 0));
        }
    }

    [Fact]
    public void No_point_satisfies_what_is_named_even_when_there_is_no_room_for_all_sets()
    {
        const int Constraints = 200;
        Random random = new(2);
        ConflictBook book = new(Constraints);
        List<bool[]> violated = [];
        for (int i = 0; i < 2600; i++)
        {
            double[] row = new double[Constraints];
            for (int k = 0; k < 20; k++)
            {
                row[random.Next(Constraints)] = 1;
            }
            violated.Add([.. row.Select(value => value > 0)]);
            book.Enter(row);
        }
        Assert.InRange(book.Count, 1, ConflictBook.SetsMax + Constraints);
        int[] found = book.SmallestConflict();
        Assert.All(violated, set => Assert.Contains(found, i => set[i]));
        Assert.InRange(found.Length, 10, 120);
    }

    [Fact]
    public void Constraints_beyond_64_are_kept_apart()
    {
        ConflictBook book = new(256);
        for (int i = 0; i < 256; i++)
        {
            double[] row = new double[256];
            row[i] = 1;
            row[i ^ 1] = 1;
            book.Enter(row);
            book.Enter([.. Enumerable.Repeat(1.0, 256)]);
        }
        Assert.Equal(128, book.Count);
        Assert.Equal(Enumerable.Range(0, 128).Select(i => 2 * i), book.SmallestConflict());
        Assert.Empty(new ConflictBook(3).SmallestConflict());
    }
}
