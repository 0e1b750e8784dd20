using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

public sealed class ConstraintParseTests
{
    [Theory]
    [InlineData("RRU.PrbTotDl <= 70", "RRU.PrbTotDl <= 70")]
    [InlineData("RRU.PrbTotDl<=70", "RRU.PrbTotDl <= 70")]
    [InlineData("  RRU.PrbTotDl   <   70%  ", "RRU.PrbTotDl < 70")]
    [InlineData("70 >= RRU.PrbTotDl", "RRU.PrbTotDl <= 70")]
    [InlineData("70 > X", "X < 70")]
    [InlineData("5 == X", "X == 5")]
    [InlineData("X = 5", "X == 5")]
    [InlineData("X==5", "X == 5")]
    [InlineData("X != -5.5e-1", "X != -0.55")]
    [InlineData("X >= .5", "X >= 0.5")]
    [InlineData("X >= -0", "X >= 0")]
    [InlineData("X ≤ +3", "X <= 3")]
    [InlineData("10 <= X <= 20", "X >= 10 and X <= 20")]
    [InlineData("20 > X >= 10", "X < 20 and X >= 10")]
    [InlineData("NRCellDU=1/RRU.PrbTotDl <= 70", "NRCellDU=1/RRU.PrbTotDl <= 70")]
    [InlineData("DRB.UEThpDl.5QI=9 >= 10", "DRB.UEThpDl.5QI=9 >= 10")]
    [InlineData("NRCellDU=1,UE=3/DRB.UEThpDl > 1", "NRCellDU=1,UE=3/DRB.UEThpDl > 1")]
    [InlineData("HO[3] > 1", "HO[3] > 1")]
    [InlineData("L.Rsrp:min[0,1] > 1", "L.Rsrp:min[0,1] > 1")]
    [InlineData("a / b <= 0.05", "a / b <= 0.05")]
    [InlineData("a / b <= 5%", "a / b <= 0.05")]
    [InlineData("(a / b) <= 5 %", "a / b <= 0.05")]
    [InlineData("0.05 >= (a / b)", "a / b <= 0.05")]
    [InlineData("HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq < 0.02", "HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq < 0.02")]
    [InlineData("\"odd name\" <= 1", "\"odd name\" <= 1")]
    [InlineData("\"X\" <= 1", "X <= 1")]
    [InlineData("\"always\" <= 1", "\"always\" <= 1")]
    [InlineData("\"q\\\"\\\\\\u0041\" <= 1", "\"q\\\"\\\\A\" <= 1")]
    [InlineData("p95(X) <= 20", "p95(X) <= 20")]
    [InlineData("P5( a / b ) <= 20", "p5(a / b) <= 20")]
    [InlineData("p50(X) <= 20", "median(X) <= 20")]
    [InlineData("Mean(X) <= 5", "mean(X) <= 5")]
    [InlineData("min(X) >= 5 and max(X) <= 9", "min(X) >= 5 and max(X) <= 9")]
    [InlineData("sum(X) > 1 or last(X) > 1 or std(X) > 1", "sum(X) > 1 or last(X) > 1 or std(X) > 1")]
    [InlineData("rate(X) <= 2", "rate(X) <= 2")]
    [InlineData("always[0,300s](RRU.PrbTotDl <= 80)", "always[0,300s](RRU.PrbTotDl <= 80)")]
    [InlineData("eventually[0,10s](X < 1)", "eventually[0,10s](X < 1)")]
    [InlineData("G[ 1 , 2min ] (X<1)", "always[1s,120s](X < 1)")]
    [InlineData("F(X<1)", "eventually(X < 1)")]
    [InlineData("ALWAYS X < 1", "always(X < 1)")]
    [InlineData("globally[0,inf](X < 1)", "always(X < 1)")]
    [InlineData("finally[5ms,inf](X < 1)", "eventually[5ms,inf](X < 1)")]
    [InlineData("always[0.5us,1.5h](X < 1)", "always[500ns,5400s](X < 1)")]
    [InlineData("always[1m,1d](X < 1)", "always[60s,86400s](X < 1)")]
    [InlineData("always[1ns,2µs](X < 1)", "always[1ns,2us](X < 1)")]
    [InlineData("A<1 until[0,5s] B>2", "A < 1 until[0,5s] B > 2")]
    [InlineData("(A<1) U (B>2 and A>1)", "A < 1 until (B > 2 and A > 1)")]
    [InlineData("A<1 or B>2 and X= 3", "A < 1 or B > 2 and X == 3")]
    [InlineData("(A<1 or B>2) and X= 3", "(A < 1 or B > 2) and X == 3")]
    [InlineData("A<1 and (B>2 and X= 3)", "A < 1 and B > 2 and X == 3")]
    [InlineData("A<1 && B>2 || !(X= 3)", "A < 1 and B > 2 or not (X == 3)")]
    [InlineData("not not A<1", "not (not (A < 1))")]
    [InlineData("A<1 -> B>2 -> X= 3", "A < 1 -> (B > 2 -> X == 3)")]
    [InlineData("(A<1 -> B>2) implies X= 3", "(A < 1 -> B > 2) -> X == 3")]
    [InlineData("always(X > 90 -> eventually[0,10s](Y < 5))", "always(X > 90 -> eventually[0,10s](Y < 5))")]
    [InlineData("during[1700000000,1700003600s](X <= 70)", "during[1700000000s,1700003600s](X <= 70)")]
    [InlineData("Ünit.Größe <= 1", "Ünit.Größe <= 1")]
    public void Text_is_read_and_written_in_canonical_form(string text, string canonical)
    {
        Assert.True(ConstraintExpression.TryParse(text, out var constraint, out var reason), reason);
        Assert.Equal(canonical, constraint.Text);
        Assert.Equal(text, constraint.Id);
        Assert.True(ConstraintExpression.TryParse(canonical, out var again, out reason), reason);
        Assert.Equal(constraint.Formula, again.Formula);
    }

    [Theory]
    [InlineData("", "column 1: expected a metric, a number or '(', found the end of the text")]
    [InlineData("RRU.PrbTotDl", "column 13: expected a comparison (< <= > >= == !=) after 'RRU.PrbTotDl', found the end of the text")]
    [InlineData("X <= ", "column 6: expected a number after '<=', found the end of the text")]
    [InlineData("X <= )", "column 6: expected a number after '<='")]
    [InlineData("X <= Y", "column 6: expected a number on one side of the comparison")]
    [InlineData("X <= NaN", "column 6: expected a number on one side of the comparison")]
    [InlineData("1 <= 2", "column 6: expected a metric on one side of the comparison")]
    [InlineData("X <= 1e400", "column 6: the number 1e400 is out of range")]
    [InlineData("X <= 70ms", "column 8: 'ms' after a number; the only unit understood here is %")]
    [InlineData("X <= 70 Y", "column 9: 'Y' after a number; the only unit understood here is %")]
    [InlineData("X <= 70)", "column 8: expected the end of the constraint")]
    [InlineData("(X <= 70", "column 9: expected ')', found the end of the text")]
    [InlineData("X=5", "column 4: expected a comparison (< <= > >= == !=) after 'X=5'; blanks around '=' tell it from a name, found the end of the text")]
    [InlineData("a /b <= 1", "column 3: a quotient of two metrics needs blanks on both sides of '/'")]
    [InlineData("a/ b <= 1", "column 2: a quotient of two metrics needs blanks on both sides of '/'")]
    [InlineData("a / b / c <= 1", "column 7: expected a comparison (< <= > >= == !=) after 'a / b'")]
    [InlineData("p100(X) <= 1", "column 1: unknown function 'p100'; known: p1..p99, mean, median, min, max, sum, last, std, rate")]
    [InlineData("p0(X) <= 1", "column 1: unknown function 'p0'; known: p1..p99, mean, median, min, max, sum, last, std, rate")]
    [InlineData("p95 X <= 1", "column 5: expected a comparison (< <= > >= == !=) after 'p95'")]
    [InlineData("1 <= X >= 2", "column 8: both comparisons of a chain must point the same way")]
    [InlineData("1 <= X == 2", "column 8: both comparisons of a chain must point the same way")]
    [InlineData("X <= 1 <= 2", "column 8: a chain is: number, comparison, metric, comparison, number")]
    [InlineData("always[10s,5s](X < 1)", "column 7: the window ends before it begins")]
    [InlineData("always[inf,inf](X < 1)", "column 7: the window ends before it begins")]
    [InlineData("always[-1s,5s](X < 1)", "column 8: a window cannot begin or end before now")]
    [InlineData("always[0,5x](X < 1)", "column 11: 'x' is no unit of time; known: ns, us, ms, s, m, min, h, d")]
    [InlineData("always[0,](X < 1)", "column 10: expected a time, e.g. 300s")]
    [InlineData("always[0](X < 1)", "column 9: expected ',' between the ends of the window")]
    [InlineData("always[0,300s(X < 1)", "column 14: expected ']'")]
    [InlineData("always[0,1e30s](X < 1)", "column 10: the time is out of range")]
    [InlineData("always[0,1e400s](X < 1)", "column 10: the time is out of range")]
    [InlineData("always[0,18446744074s](X < 1)", "column 10: the time is out of range")]
    [InlineData("always[0,213504d](X < 1)", "column 10: the time is out of range")]
    [InlineData("A<1 until B<1 until X<1", "column 15: put one of two 'until' in parentheses")]
    [InlineData("always(during[0,1](X<1))", "'during' is only understood outermost, alone or in an 'and'")]
    [InlineData("maximize X", "column 10: expected a comparison (< <= > >= == !=) after 'maximize'")]
    [InlineData("X <= 1 and", "column 11: expected a metric, a number or '(', found the end of the text")]
    [InlineData("\"X <= 1", "column 1: a metric name has no closing quote")]
    [InlineData("\"\" <= 1", "column 1: a metric name is empty")]
    [InlineData("\"\\q\" <= 1", "column 2: an escape in a metric name is not understood; known: \\\", \\\\ and \\uXXXX")]
    [InlineData("X\0 <= 1", "column 2: '?' is not understood")]
    [InlineData("a[1 <= 1", "column 1: a metric name has '[' without ']'")]
    [InlineData("X < 1; drop", "column 6: ';' is not understood")]
    public void Text_that_is_not_understood_gets_a_reason_with_its_column(string text, string reason)
    {
        Assert.False(ConstraintExpression.TryParse(text, out var constraint, out var actual));
        Assert.Null(constraint);
        Assert.Equal(reason, actual);
    }

    [Theory]
    [InlineData("maximize DRB.UEThpDl", "maximize DRB.UEThpDl")]
    [InlineData("Minimise X", "minimize X")]
    [InlineData("max X", "maximize X")]
    [InlineData("max(X)", "maximize X")]
    [InlineData("min min(X)", "minimize min(X)")]
    [InlineData("min p95(DRB.RlcSduDelayDl)", "minimize p95(DRB.RlcSduDelayDl)")]
    [InlineData("minimize(a / b)", "minimize a / b")]
    [InlineData("max NRCellDU=1/DRB.UEThpDl.5QI=9", "maximize NRCellDU=1/DRB.UEThpDl.5QI=9")]
    public void Objectives_are_read(string text, string canonical)
    {
        Assert.True(ObjectiveExpression.TryParse(text, out var objective, out var reason), reason);
        Assert.Equal(canonical, objective.ToString());
        Assert.True(ObjectiveExpression.TryParse(canonical, out var again, out reason), reason);
        Assert.Equal(objective, again);
    }

    [Theory]
    [InlineData("", "column 1: expected 'maximize' or 'minimize' and a metric, found the end of the text")]
    [InlineData("DRB.UEThpDl", "column 1: expected 'maximize' or 'minimize' and a metric")]
    [InlineData("p95(X)", "column 1: expected 'maximize' or 'minimize' and a metric")]
    [InlineData("maximize", "column 9: expected a metric, found the end of the text")]
    [InlineData("maximize 5", "column 10: expected a metric")]
    [InlineData("maximize X Y", "column 12: expected the end of the objective")]
    [InlineData("maximize rate(X)", "column 10: 'rate' is understood in constraints only")]
    [InlineData("maximize foo(X)", "column 10: unknown function 'foo'; known: p1..p99, mean, median, min, max, sum, last, std, rate")]
    public void What_is_no_objective_gets_a_reason(string text, string reason)
    {
        Assert.False(ObjectiveExpression.TryParse(text, out var objective, out var actual));
        Assert.Null(objective);
        Assert.Equal(reason, actual);
    }

    [Fact]
    public void Hostile_text_gets_a_reason()
    {
        foreach (var text in HostileTexts())
        {
            Assert.False(ConstraintExpression.TryParse(text, out _, out var reason));
            Assert.False(string.IsNullOrEmpty(reason));
            Assert.True(reason.Length < 300, reason);
            Assert.DoesNotContain('\0', reason);
            Assert.False(ObjectiveExpression.TryParse(text, out _, out reason));
            Assert.False(ObjectiveExpression.TryParse("max " + text, out _, out reason));
        }
    }

    [Fact]
    public void Random_bytes_of_the_language_never_throw_and_stay_fast_on_a_small_stack()
    {
        string[] pieces = ["(", ")", "always", "G[", "[0,", "300s]", "X", " / ", "a", "<=", "<", "=", "5", "1e9", "%", " and ", " or ", "not ", " until", "->", " ", "p95(", "\"", "\\u00", ",", "-", "\ud800", "during[", "inf]", "min", "!"];
        var random = new Random(7);
        Exception? failure = null;
        var worker = new Thread(
            () =>
            {
                try
                {
                    for (var i = 0; i < 20_000; i++)
                    {
                        var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
                        if (ConstraintExpression.TryParse(text, out var constraint, out _))
                        {
                            Assert.True(ConstraintExpression.TryParse(constraint.Text, out var again, out _), constraint.Text);
                            Assert.Equal(constraint.Formula, again.Formula);
                        }
                        Assert.Equal(ObjectiveExpression.TryParse(text, out _, out var why), why is null);
                    }
                    foreach (var text in HostileTexts())
                    {
                        Assert.False(ConstraintExpression.TryParse(text, out _, out _));
                    }
                }
                catch (Exception error)
                {
                    failure = error;
                }
            },
            maxStackSize: 256 * 1024);
        worker.Start();
        worker.Join();
        Assert.Null(failure);
    }

    private static IEnumerable<string> HostileTexts()
    {
        yield return new string('x', 10_000_000);
        yield return "X <= " + new string('9', 4000) + "e" + new string('9', 50);
        yield return new string('(', 100_000) + "X<1" + new string(')', 100_000);
        yield return new string('(', 2000) + "X<1" + new string(')', 2000);
        yield return string.Concat(Enumerable.Repeat("not ", 1000)) + "X<1";
        yield return string.Concat(Enumerable.Repeat("G(", 1000)) + "X<1";
        yield return string.Concat(Enumerable.Repeat("X<1->", 500)) + "X<1";
        yield return string.Concat(Enumerable.Repeat("X<1 and ", 500)) + "X<1";
        yield return "5 <= " + new string('(', 2000) + "X";
        yield return new string('(', 40) + "X" + new string(')', 40) + "<1";
        yield return new string('\0', 4000);
        yield return "\ud800\udc00";
        yield return "\ud800";
        yield return "\u202e X <= 1";
        yield return "X <= \u0661";
        yield return "X <= 1e400";
        yield return "X <= NaN";
        yield return "X <= Infinity";
        yield return "X <= -Infinity";
        yield return "X <= --1";
        yield return "X <= ..5";
        yield return "X <= 0x10";
        yield return "X <= 1,5";
        yield return "always[0,99999999999999999999999999999999999999999d](X<1)";
        yield return "always[0,0.00000000000000000000000000000000000000000000001q](X<1)";
        yield return "[[[[[[";
        yield return "\"\\u12";
    }
}
