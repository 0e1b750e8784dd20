using System.Globalization;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

public sealed class ConflictSearchTests
{
    private const ulong Now = 1_000_000_000_000;
    private const ulong HalfSecond = 500_000_000;

    private static IReadOnlyList<string>? Smallest(params string[] texts) => TargetSet.Build(new RanProblem { Constraints = texts }, [], null, Now).SmallestConflict();

    private static IReadOnlyList<string>? Smallest(params Constraint[] records) => TargetSet.Build(new RanProblem(), records, null, Now).SmallestConflict();

    private static Constraint Record(string id, string type, params (string Key, double Value)[] parameters)
    {
        List<KeyValuePair<string, double>> all = [];
        foreach ((string key, double value) in parameters)
        {
            all.Add(new(key, value));
        }
        return new Constraint { Id = id, ConstraintType = type, Parameters = all };
    }

    [Fact]
    public void A_maximum_below_a_minimum_is_a_conflict_of_two()
    {
        Assert.Equal(["high", "low"], Smallest(Record("low", "max", ("a", 5)), Record("other", "max", ("b", 1)), Record("high", "min", ("a", 6))));
        Assert.Null(Smallest(Record("low", "max", ("a", 5)), Record("high", "min", ("a", 5))));
        Assert.Null(Smallest(Record("low", "max", ("a", 5)), Record("high", "min", ("b", 6))));
    }

    [Fact]
    public void Texts_and_records_are_in_conflict_with_each_other()
    {
        TargetSet targets = TargetSet.Build(new RanProblem { Constraints = ["a > 5"] }, [Record("m", "equals", ("a", 5))], null, Now);
        Assert.Equal(["a > 5", "m"], targets.SmallestConflict());
    }

    [Fact]
    public void One_constraint_can_contradict_itself()
    {
        Assert.Equal(["w"], Smallest(Record("a", "max", ("x", 1)), Record("w", "window", ("x.min", 3), ("x.max", 2)), Record("z", "min", ("x", 2))));
        Assert.Equal(["x >= 2 and x <= 2 and x != 2"], Smallest("x > 4", "x >= 2 and x <= 2 and x != 2", "x < 1"));
    }

    [Fact]
    public void Windows_must_overlap_and_touching_ones_do_not()
    {
        Constraint low = Record("low", "max", ("a", 5), ("start_ns", 100), ("end_ns", 200));
        Assert.Equal(["high", "low"], Smallest(low, Record("high", "min", ("a", 6), ("start_ns", 199), ("end_ns", 300))));
        Assert.Null(Smallest(low, Record("high", "min", ("a", 6), ("start_ns", 200), ("end_ns", 300))));
        Assert.Equal(["high", "low"], Smallest(low, Record("high", "min", ("a", 6))));
    }

    [Theory]
    [InlineData(true, "a < 5", "a > 5")]
    [InlineData(true, "a < 5", "a >= 5")]
    [InlineData(false, "a <= 5", "a >= 5")]
    [InlineData(true, "a == 5", "a != 5")]
    [InlineData(false, "a == 5", "a == 5.000000001")]
    [InlineData(true, "a == 5", "a == 5.0001")]
    [InlineData(true, "a / b <= 0.1", "a / b > 0.2")]
    [InlineData(false, "a / b <= 0.1", "a > 0.2")]
    [InlineData(true, "p95(a) < 3", "p95(a) > 3")]
    [InlineData(false, "p95(a) < 3", "max(a) > 3")]
    [InlineData(true, "a <= 3", "p95(a) > 3")]
    [InlineData(false, "a <= 3", "sum(a) > 3")]
    [InlineData(false, "a <= 3", "rate(a) > 3")]
    [InlineData(true, "not (a > 3)", "a >= 4")]
    [InlineData(true, "not (a < 3 or a > 4)", "a < 2")]
    [InlineData(true, "always[0,10s](a <= 5)", "eventually[2s,4s](a > 5)")]
    [InlineData(false, "always[3s,10s](a <= 5)", "eventually[2s,4s](a > 5)")]
    [InlineData(true, "always[0,10s](a <= 5)", "not always[2s,4s](a <= 5)")]
    [InlineData(false, "eventually(a < 1)", "eventually(a > 5)")]
    [InlineData(true, "a < 2", "b > 5 until[0,3s] a > 3")]
    [InlineData(false, "a < 2 or b < 2", "a > 3")]
    [InlineData(true, "a < 2 or a > 8", "3 <= a <= 7")]
    [InlineData(true, "a < 2 or (a < 3 and b > 1)", "a > 3")]
    [InlineData(false, "a > 90 -> eventually[0,10s](b < 5)", "a > 95")]
    [InlineData(false, "always(a < 1) or always(a > 2)", "a == 5")]
    public void What_surely_contradicts_is_found_and_nothing_else(bool isConflict, string first, string second)
    {
        string[] both = [first, second];
        Array.Sort(both, StringComparer.Ordinal);
        Assert.Equal(isConflict ? both : null, Smallest(first, second));
    }

    [Fact]
    public void Holes_need_three()
    {
        Assert.Equal(["x != 5", "x <= 5", "x >= 5"], Smallest("x >= 5", "x <= 5", "x != 5", "x < 9"));
        Assert.Equal(["x <= 1", "x > 4"], Smallest("x >= 5", "x <= 1", "x != 5", "x > 4"));
    }

    /// <summary>A constraint of the test: what it asks of one metric in a window of half seconds after now, and its text.</summary>
    private sealed class Piece
    {
        public required string Text { get; init; }

        public required int Key { get; init; }

        public required Func<double, bool> Holds { get; init; }

        public required int Start { get; init; }

        public required int End { get; init; }

        public bool IsOnce { get; init; }

        /// <summary>Its last moment does not belong to it.</summary>
        public bool IsOpenAtEnd { get; init; }
    }

    private static Piece Make(Random random, int number, bool withOnce, int limits = 4)
    {
        int key = random.Next(2), low = random.Next(limits), high = low + random.Next(3), start = random.Next(6), end = start + random.Next(6);
        string name = key == 0 ? "a" : "a / b";
        (string Text, Func<double, bool> Holds) body = random.Next(10) switch
        {
            0 => ($"{name} < {low}", x => x < low),
            1 => ($"{name} <= {low}", x => x <= low),
            2 => ($"{name} > {low}", x => x > low),
            3 => ($"{name} >= {low}", x => x >= low),
            4 => ($"{name} == {low}", x => x == low),
            5 => ($"{name} != {low}", x => x != low),
            6 => ($"{low} <= {name} < {high}", x => x >= low && x < high),
            7 => ($"({name} < {low} or {name} > {high})", x => x < low || x > high),
            8 => ($"not ({name} > {high} or {name} < {low})", x => x >= low && x <= high),
            _ => ($"({name} > {low} and {name} <= {high})", x => x > low && x <= high),
        };
        string blanks = new(' ', number);
        bool isOnce = withOnce && random.Next(3) == 0;
        string window = string.Create(CultureInfo.InvariantCulture, $"[{start * 500}ms,{end * 500}ms]");
        return random.Next(isOnce ? 1 : 3) switch
        {
            0 => new Piece { Text = $"{(isOnce ? "eventually" : "always")}{window}({body.Text}){blanks}", Key = key, Holds = body.Holds, Start = start, End = end, IsOnce = isOnce },
            1 => new Piece
            {
                Text = string.Create(CultureInfo.InvariantCulture, $"during[{Now + (ulong)start * HalfSecond}ns,{Now + (ulong)end * HalfSecond}ns]({body.Text}){blanks}"),
                Key = key, Holds = body.Holds, Start = start, End = end, IsOpenAtEnd = end > start,
            },
            _ => new Piece { Text = body.Text + blanks, Key = key, Holds = body.Holds, Start = int.MinValue, End = int.MaxValue },
        };
    }

    /// <summary>Every time between and at the ends of windows, every number between and at the limits.</summary>
    private static bool CanHold(List<Piece> pieces)
    {
        for (int key = 0; key < 2; key++)
        {
            foreach (Piece? once in (Piece?[])[null, .. pieces])
            {
                if (once is { IsOnce: false } || (once is not null && once.Key != key))
                {
                    continue;
                }
                bool someMoment = false, everyMoment = true;
                for (int twice = -1; twice <= 25; twice++)
                {
                    double time = twice / 2.0;
                    if (once is not null && (time < once.Start || time > once.End))
                    {
                        continue;
                    }
                    bool found = false;
                    for (double x = -0.5; x <= 6.5 && !found; x += 0.5)
                    {
                        found = once is null || once.Holds(x);
                        foreach (Piece piece in pieces)
                        {
                            found &= piece.Key != key || piece.IsOnce || time < piece.Start || time > piece.End || (piece.IsOpenAtEnd && time == piece.End) || piece.Holds(x);
                        }
                    }
                    someMoment |= found;
                    everyMoment &= found;
                }
                if (!(once is null ? everyMoment : someMoment))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static string[]? BruteForce(List<Piece> pieces)
    {
        pieces.Sort((left, right) => string.CompareOrdinal(left.Text, right.Text));
        string[]? best = null;
        for (int mask = 1; mask < 1 << pieces.Count; mask++)
        {
            List<Piece> chosen = [];
            for (int i = 0; i < pieces.Count; i++)
            {
                if ((mask >> i & 1) != 0)
                {
                    chosen.Add(pieces[i]);
                }
            }
            if ((best is not null && chosen.Count > best.Length) || CanHold(chosen))
            {
                continue;
            }
            string[] ids = chosen.ConvertAll(piece => piece.Text).ToArray();
            if (best is null || ids.Length < best.Length || IsBefore(ids, best))
            {
                best = ids;
            }
        }
        return best;
    }

    private static bool IsBefore(string[] left, string[] right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            int order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order < 0;
            }
        }
        return false;
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public void The_smallest_set_is_that_of_all_subsets(int limits)
    {
        Random random = new(11);
        int[] sizes = new int[7];
        for (int trial = 0; trial < 700; trial++)
        {
            List<Piece> pieces = [];
            int count = 1 + random.Next(6);
            for (int i = 0; i < count; i++)
            {
                pieces.Add(Make(random, i, withOnce: false, limits));
            }
            string[] texts = pieces.ConvertAll(piece => piece.Text).ToArray();
            string[]? expected = BruteForce(pieces);
            Assert.Equal(expected, Smallest(texts));
            sizes[expected?.Length ?? 0]++;
        }
        Assert.True(sizes[0] > 70 && sizes[1] > 15 && sizes[2] > 100 && (limits > 2 || sizes[3] > 3), string.Join(' ', sizes));
    }

    [Fact]
    public void Nothing_is_called_a_conflict_that_can_hold()
    {
        Random random = new(12);
        int conflicts = 0;
        for (int trial = 0; trial < 1500; trial++)
        {
            List<Piece> pieces = [];
            for (int i = 0; i < 4; i++)
            {
                pieces.Add(Make(random, i, withOnce: true));
            }
            string[] texts = pieces.ConvertAll(piece => piece.Text).ToArray();
            if (Smallest(texts) is { } found)
            {
                conflicts++;
                Assert.False(CanHold(pieces.FindAll(piece => found.Contains(piece.Text))), string.Join(", ", found));
                foreach (string left in found)
                {
                    Assert.True(CanHold(pieces.FindAll(piece => piece.Text != left && found.Contains(piece.Text))));
                }
            }
        }
        Assert.InRange(conflicts, 250, 1450);
    }

    [Fact]
    public void Many_constraints_that_contradict_each_other_take_little_time()
    {
        string[] texts = new string[3000];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = string.Create(CultureInfo.InvariantCulture, $"a == {10_000 + i}");
        }
        Assert.Equal(["a == 10000", "a == 10001"], Smallest(texts));
    }

    [Fact]
    public void Many_constraints_with_holes_take_little_time()
    {
        // Each metric has six holes that leave nothing between them, and others.
        List<string> texts = [];
        for (int metric = 0; metric < 20; metric++)
        {
            for (int i = 0; i < 18; i++)
            {
                texts.Add(string.Create(CultureInfo.InvariantCulture, $"m{metric:D2} < {i % 6} or m{metric:D2} > {i % 6 + 1 + i / 100.0}"));
            }
            texts.Add($"m{metric:D2} >= 0");
            texts.Add($"m{metric:D2} <= 6");
        }
        IReadOnlyList<string>? found = Smallest(texts.ToArray());
        Assert.Equal(8, found!.Count);
        Assert.StartsWith("m00 < 0", found[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_constraints_take_little_time()
    {
        string[] texts = new string[3000];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = string.Create(CultureInfo.InvariantCulture, $"a <= {10_000 + i}");
        }
        texts[^1] = "a > 10000";
        Assert.Equal(["a <= 10000", "a > 10000"], Smallest(texts));
    }
}
