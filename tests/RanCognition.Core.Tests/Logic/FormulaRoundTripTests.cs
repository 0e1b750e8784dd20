using FsCheck;
using FsCheck.Fluent;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

public sealed class FormulaRoundTripTests
{
    [Fact]
    public void Any_formula_is_read_back_from_its_text()
    {
        var property = Prop.ForAll(Arb.From(Formulas(4)), formula =>
        {
            var text = formula.ToString();
            return ConstraintExpression.TryParse(text, out var constraint, out var reason)
                ? constraint.Formula.Equals(formula) && constraint.Text == text
                : throw new InvalidOperationException($"{text}: {reason}");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), property);
    }

    internal static Gen<Formula> Formulas(int depth)
    {
        var atoms = Comparisons();
        if (depth == 0)
        {
            return atoms;
        }
        var below = Formulas(depth - 1);
        return Gen.OneOf(
            atoms,
            below.Select(f => (Formula)new Negation(f)),
            Gen.Zip(below, below).Select(p => Formula.And(p.Item1, p.Item2)),
            Gen.Zip(below, below).Select(p => Formula.Or(p.Item1, p.Item2)),
            Gen.Zip(below, below).Select(p => (Formula)new Implication(p.Item1, p.Item2)),
            Gen.Zip(Windows(), below).Select(p => (Formula)new WindowedFormula(true, p.Item1, p.Item2)),
            Gen.Zip(Windows(), below).Select(p => (Formula)new WindowedFormula(false, p.Item1, p.Item2)),
            Gen.Zip(Windows(), Gen.Zip(below, below)).Select(p => (Formula)new UntilFormula(p.Item2.Item1, p.Item1, p.Item2.Item2)));
    }

    private static Gen<TimeWindow> Windows()
    {
        var ends = Gen.OneOf(
            Gen.Choose(0, 1000).Select(s => (ulong)s),
            Gen.Choose(0, 100_000).Select(s => (ulong)s * 1_000_000_000),
            Gen.Choose(0, int.MaxValue).Select(s => (ulong)s * 4_000_000_000));
        return Gen.OneOf(
            Gen.Constant(TimeWindow.Whole),
            ends.Select(s => new TimeWindow(s, TimeWindow.OpenEnd)),
            Gen.Zip(ends, ends).Select(p => new TimeWindow(Math.Min(p.Item1, p.Item2), Math.Max(p.Item1, p.Item2))));
    }

    private static Gen<Formula> Comparisons()
    {
        var names = Gen.OneOf(
            Gen.Elements("X", "RRU.PrbTotDl", "NRCellDU=1/RRU.PrbTotDl", "NRCellRelation=1-2/MM.HoExeInterReq", "DRB.UEThpDl.5QI=9", "HO[1]", "G", "and",
                "always", "min", "p95", "inf", "NaN", "a b", "a/", "=", "5QI", "x->y", "a,", "[x]", "\u0001", "q\"\\", "a[", "a]", "Größe", "é\ud83d\ude00"),
            Gen.ArrayOf(Gen.Elements("ab1=/-,.:[]_<> \"\\(".ToCharArray())).Where(c => c.Length is > 0 and < 20).Select(c => new string(c)));
        var metrics = Gen.OneOf(
            names.Select(n => new MetricReference(n)),
            Gen.Zip(names, names).Select(p => new MetricReference(p.Item1, p.Item2)));
        var kinds = Gen.OneOf(
            Gen.Elements(Enum.GetValues<OperandKind>().Where(k => k != OperandKind.Percentile).ToArray()).Select(k => (k, 0)),
            Gen.Choose(1, 99).Where(p => p != 50).Select(p => (OperandKind.Percentile, p)));
        var limits = ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite);
        return from metric in metrics
               from kind in kinds
               from limit in limits
               from comparison in Gen.Elements(Enum.GetValues<ComparisonOperator>())
               select (Formula)new Comparison(new Operand(kind.Item1, metric, kind.Item2), comparison, limit);
    }
}
