using System.Text;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.Maps;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Maps that are given as expressions: grammar, values, slopes, refusals.</summary>
public sealed class ExpressionMapTests
{
    [Theory]
    [InlineData("1+2*3", 7)]
    [InlineData("(1+2)*3", 9)]
    [InlineData("10-4-3", 3)]
    [InlineData("24/4/2", 3)]
    [InlineData("24/4*2", 12)]
    [InlineData("2^3^2", 512)]
    [InlineData("2**3**2", 512)]
    [InlineData("(2^3)^2", 64)]
    [InlineData("-2^2", -4)]
    [InlineData("-x^2", -9)]
    [InlineData("(-x)^2", 9)]
    [InlineData("0-x^2", -9)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2^-1*3", 1.5)]
    [InlineData("2^-x^2", 1.0 / 512)]
    [InlineData("-2*-3", 6)]
    [InlineData("2*-x^2", -18)]
    [InlineData("--x", 3)]
    [InlineData("-+-+x", 3)]
    [InlineData("1 - -1", 2)]
    [InlineData("1<2", 1)]
    [InlineData("2<=1+1", 1)]
    [InlineData("1+1>=3", 0)]
    [InlineData("1>0.5", 1)]
    [InlineData("2==2", 1)]
    [InlineData("2!=2", 0)]
    [InlineData("(1<2)+(3>2)", 2)]
    [InlineData("(1<2)<1", 0)]
    [InlineData(".5", 0.5)]
    [InlineData("1.", 1)]
    [InlineData("1e-3", 0.001)]
    [InlineData("1E+2", 100)]
    [InlineData("1.5e2*2", 300)]
    [InlineData("\t x \r\n", 3)]
    [InlineData("pi", Math.PI)]
    [InlineData("e^2", 7.38905609893065)]
    [InlineData("log(e)", 1)]
    [InlineData("ln(e^2)", 2)]
    [InlineData("log10(1000)", 3)]
    [InlineData("log2(1024)", 10)]
    [InlineData("sqrt(16)", 4)]
    [InlineData("cbrt(-27)", -3)]
    [InlineData("abs(-4)", 4)]
    [InlineData("min(3,1,2)", 1)]
    [InlineData("max(3,1,2)", 3)]
    [InlineData("min(x)", 3)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("mod(7,3)", 1)]
    [InlineData("mod(-1,3)", 2)]
    [InlineData("floor(-1.5)", -2)]
    [InlineData("ceil(-1.5)", -1)]
    [InlineData("sign(-9)", -1)]
    [InlineData("sign(0)", 0)]
    [InlineData("step(0)", 1)]
    [InlineData("step(-1e-9)", 0)]
    [InlineData("if(x>2, 10, 20)", 10)]
    [InlineData("if(x<2, 10, 20)", 20)]
    [InlineData("if(0, ln(-1), 4)", 4)]
    [InlineData("atan2(1, 1)", Math.PI / 4)]
    [InlineData("atan2(-1, -1)", -3 * Math.PI / 4)]
    [InlineData("ln(-1)", double.NaN)]
    [InlineData("0/0", double.NaN)]
    [InlineData("1/0", double.PositiveInfinity)]
    [InlineData("sqrt(-1)<1", double.NaN)]
    [InlineData("if(sqrt(-1), 1, 2)", double.NaN)]
    [InlineData("max(1, sqrt(-1))", double.NaN)]
    [InlineData("sign(0/0)", double.NaN)]
    public void Precedence_numbers_and_functions(string text, double value) => Assert.Equal(value, Values(["x"], [text], 3)[0], double.IsFinite(value) ? 1e-14 * Math.Max(1, Math.Abs(value)) : 0);

    [Fact]
    public void A_variable_hides_a_constant_and_stands_beside_a_function_of_its_name()
    {
        Assert.Equal(9, Values(["e", "y"], ["e*2+y", "y"], 4, 1)[0]);
        Assert.Equal(Math.Sin(0.5), Values(["sin"], ["sin(sin)"], 0.5)[0]);
        Assert.Equal(6, Values(["ρ", "Last_2"], ["ρ*Last_2", "1"], 2, 3)[0]);
    }

    [Fact]
    public void Values_are_those_of_the_tree()
    {
        var random = new RandomStream(11);
        string[] variables = ["a", "b1", "_c"];
        int numbers = 0;
        for (int round = 0; round < 3000; round++)
        {
            RandomExpression expression = RandomExpression.Of(ref random, variables, 1 + round % 6, isSmooth: false);
            double[] x = [4 * random.NextDouble() - 2, 4 * random.NextDouble() - 2, Math.Round(3 * random.NextDouble())];
            if (Encoding.UTF8.GetByteCount(expression.Text) > StrangeLoopLimits.ExpressionBytesMax)
            {
                continue;
            }
            double expected = expression.Value(x), found = Values(variables, [expression.Text, "0", "0"], x)[0];
            Assert.True(expected.Equals(found), $"{expression.Text} at {string.Join(' ', x)}: expected {expected:R}, found {found:R}");
            numbers += double.IsFinite(expected) ? 1 : 0;
        }
        Assert.True(numbers > 1500, $"{numbers} numbers");
    }

    [Fact]
    public void Slopes_are_those_of_differences()
    {
        var random = new RandomStream(12);
        string[] variables = ["a", "b", "c"];
        int compared = 0, undefined = 0;
        for (int round = 0; round < 3000; round++)
        {
            RandomExpression expression = RandomExpression.Of(ref random, variables, 1 + round % 4, isSmooth: round % 3 > 0);
            double[] x = [0.1 + 1.5 * random.NextDouble(), 1.5 * random.NextDouble() - 0.7, 0.3 + random.NextDouble()], image = new double[3], slopes = new double[9];
            IFixedPointMap map = Compile(variables, [expression.Text, "a", "b*b"]);
            map.ApplyWithSlopes(x, image, slopes);
            Assert.Equal([0, 2 * x[1], 0], slopes[6..9]);
            for (int k = 0; k < 3; k++)
            {
                // Two steps that agree show that the function is smooth here, and how well the difference is known.
                double wide = Difference(expression, x, k, 1e-5), narrow = Difference(expression, x, k, 5e-6);
                if (!double.IsFinite(wide) || Math.Abs(wide - narrow) > 1e-6 * (1 + Math.Abs(wide)) || Math.Abs(image[0]) > 1e4)
                {
                    continue;
                }
                compared++;
                if (double.IsNaN(slopes[k]))
                {
                    undefined++;   // a negative number to a power that happens to stand still, the arc cosine of a / a
                    continue;
                }
                Assert.True(Math.Abs(narrow - slopes[k]) <= 1e-4 * (1 + Math.Abs(narrow)), $"{expression.Text} at {string.Join(' ', x)}, by {variables[k]}: {narrow:R}, found {slopes[k]:R}");
            }
        }
        Assert.True(compared > 4500 && undefined < compared / 100, $"{compared} compared, {undefined} undefined");
    }

    [Theory]
    [InlineData("sin(x)", 0.7, 0.76484218728448842)]
    [InlineData("x^2", -3, -6)]
    [InlineData("x^2", 0, 0)]
    [InlineData("x^1", 0, 1)]
    [InlineData("x^0", 0, 0)]
    [InlineData("x^3", -2, 12)]
    [InlineData("x^(1+1)", -3, -6)]
    [InlineData("2^x", 0, 0.69314718055994529)]
    [InlineData("x*x*x", 2, 12)]
    [InlineData("abs(x)", -2, -1)]
    [InlineData("abs(x)", 0, 0)]
    [InlineData("min(x, 1)", 0.5, 1)]
    [InlineData("min(x, 1)", 1.5, 0)]
    [InlineData("if(x > 0, sqrt(x), 0)", 0, 0)]   // the branch that is not taken has an infinite slope
    [InlineData("if(x > 0, x, 3*x)", -1, 3)]
    [InlineData("floor(x)", 1.5, 0)]
    [InlineData("(x > 1)*x", 2, 1)]
    [InlineData("mod(x, 1)", 2.25, 1)]
    [InlineData("1/x", 2, -0.25)]
    [InlineData("sqrt(x)", 4, 0.25)]
    [InlineData("sqrt(x)", -1, double.NaN)]
    [InlineData("ln(x)", -1, double.NaN)]
    [InlineData("if(0/x, x, x)", 0, double.NaN)]
    public void Slopes_that_are_known(string text, double x, double slope)
    {
        double[] image = new double[1], slopes = new double[1];
        Compile(["x"], [text]).ApplyWithSlopes([x], image, slopes);
        Assert.Equal(slope, slopes[0], 1e-13);
    }

    [Theory]
    [InlineData("", "expected a number, a name or '(' at byte 0")]
    [InlineData("   ", "expected a number, a name or '(' at byte 3")]
    [InlineData("x +", "expected a number, a name or '(' at byte 3")]
    [InlineData("(x + 1", "expected ')' at byte 6")]
    [InlineData("0.5*(x + sin(x) ]", "expected ')' at byte 16")]
    [InlineData("x)", "')' without '(' at byte 1")]
    [InlineData("2x", "expected an operator at byte 1")]
    [InlineData("x x", "expected an operator at byte 2")]
    [InlineData("x (2)", "expected an operator at byte 2")]
    [InlineData("1.2.3", "expected an operator at byte 3")]
    [InlineData("2e", "expected an operator at byte 1")]
    [InlineData("x = 1", "expected an operator at byte 2")]
    [InlineData("1 < x < 2", "comparisons cannot be chained at byte 6")]
    [InlineData("sin x", "expected '(' at byte 4")]
    [InlineData("sin()", "expected a number, a name or '(' at byte 4")]
    [InlineData("sin(x, 1)", "'sin' takes 1 number at byte 5")]
    [InlineData("atan2(x)", "'atan2' takes 2 numbers at byte 7")]
    [InlineData("if(x, 1)", "'if' takes 3 numbers at byte 7")]
    [InlineData("if(x, 1, 2, 3)", "'if' takes 3 numbers at byte 10")]
    [InlineData("1e999", "the number is too large at byte 0")]
    [InlineData("é + 1", "'é' is not known (variables: x; constants: pi e; functions: sin cos tan asin acos atan atan2 sinh cosh tanh exp ln log log10 log2 sqrt cbrt pow mod abs min max floor ceil sign step if) at byte 0")]
    [InlineData("x + é + $", "'é' is not known")]
    [InlineData("x + \"é\" + $", "expected a number, a name or '(' at byte 4")]
    [InlineData("cosine(x)", "'cosine' is no function (known: sin cos tan")]
    public void What_is_not_an_expression_is_refused_at_its_byte(string text, string reason)
    {
        string message = Assert.Throws<InvalidInputException>(() => Compile(["x"], [text])).Message;
        Assert.StartsWith("request/map/expressions/0: " + reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_those_of_UTF_8() => Assert.Equal("request/map/expressions/1: expected ')' at byte 5", Assert.Throws<InvalidInputException>(() => Compile(["ρ", "y"], ["1", "(ρ+1"])).Message);

    [Fact]
    public void Variables_that_cannot_be_are_named()
    {
        Assert.Equal("request/map/variables: has no entries", Refusal([], []));
        Assert.Equal("request/map/expressions: has 1 entries, must have one per variable, 2", Refusal(["x", "y"], ["1"]));
        Assert.Equal("request/map/variables/1: 'x' is there already, at 0", Refusal(["x", "x"], ["1", "2"]));
        foreach (string name in (string[])["", "2x", "a-b", "a b", "a.b", "(", "\ud800"])
        {
            Assert.StartsWith("request/map/variables/1: '", Refusal(["x", name], ["1", "2"]), StringComparison.Ordinal);
        }
        Assert.Throws<LimitExceededException>(() => Compile([new string('x', StrangeLoopLimits.NameBytesMax + 1)], ["1"]));
        string[] many = Enumerable.Range(0, StrangeLoopLimits.DimensionMax + 1).Select(i => $"v{i}").ToArray();
        Assert.Throws<LimitExceededException>(() => Compile(many, many));
        Assert.Equal(StrangeLoopLimits.DimensionMax, Compile(many[1..], many[1..]).Dimension);
    }

    [Fact]
    public void Long_and_deep_expressions_are_read_or_refused_on_a_small_stack()
    {
        string[] deep =
        [
            new('(', 10_000), new string('(', 100) + "x" + new string(')', 100), new string('(', 101) + "x" + new string(')', 101), new('-', 9_999), new string('-', 9_998) + "x",
            string.Concat(Enumerable.Repeat("2^", 4_000)) + "2", string.Concat(Enumerable.Repeat("x<x+x*-(", 1_000)), string.Concat(Enumerable.Repeat("x<x+x*-(", 100)) + "x" + new string(')', 100),
            string.Concat(Enumerable.Repeat("max(1<x+x*x^sin(", 33)) + "x" + new string(')', 66), string.Concat(Enumerable.Repeat("max(", 2_000)), string.Join('+', Enumerable.Repeat("x", 5_000)),
            "min(" + string.Join(',', Enumerable.Repeat("x", 4_900)) + ")", new('x', 10_000), new('1', 10_000), "." + new string('0', 9_990) + "1",
        ];
        bool[] isRead = new bool[deep.Length];
        Exception? unexpected = null;
        var thread = new Thread(() =>
        {
            for (int i = 0; i < deep.Length; i++)
            {
                try
                {
                    double[] image = new double[1], slopes = new double[1];
                    Compile(["x"], [deep[i]]).ApplyWithSlopes([0.5], image, slopes);
                    isRead[i] = true;
                }
                catch (InvalidInputException)
                {
                }
                catch (Exception error)
                {
                    unexpected = error;
                }
            }
        }, 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(unexpected);
        Assert.Equal([false, true, false, false, true, false, false, true, true, false, true, true, false, false, true], isRead);
        Assert.Throws<LimitExceededException>(() => Compile(["x"], [new string(' ', StrangeLoopLimits.ExpressionBytesMax) + "x"]));
    }

    [Fact]
    public void No_text_does_harm()
    {
        var random = new RandomStream(13);
        string[] pieces = ["x", "y", "1", ".5", "2e3", "+", "-", "*", "/", "^", "**", "(", ")", "(", ")", ",", "<", "<=", "==", "=", "!", "sin", "max(", "if(", "pi", " ", "e", "\n", "\0", "é", "\ud83d\ude00", "\ud800", "%", "9999"];
        int read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            int length = (int)(random.NextDouble() * 14);
            for (int i = 0; i < length; i++)
            {
                text.Append(round % 4 == 0 ? ((char)(random.NextDouble() * (i % 3 == 0 ? 65_536 : 128))).ToString() : pieces[(int)(random.NextDouble() * pieces.Length)]);
            }
            try
            {
                double[] image = new double[2], slopes = new double[4];
                IFixedPointMap map = Compile(["x", "y"], [text.ToString(), "1"]);
                map.Apply([0.3, -2], image);
                double value = image[0];
                map.ApplyWithSlopes([0.3, -2], image, slopes);
                Assert.Equal(value, image[0]);
                read++;
            }
            catch (InvalidInputException error)
            {
                Assert.StartsWith("request/map/expressions/0: ", error.Message, StringComparison.Ordinal);
                Assert.Contains(" at byte ", error.Message, StringComparison.Ordinal);
            }
        }
        Assert.True(read > 200, $"{read} read");
    }

    private static double Difference(RandomExpression expression, double[] x, int variable, double step)
    {
        double[] low = (double[])x.Clone(), high = (double[])x.Clone();
        low[variable] -= step;
        high[variable] += step;
        return (expression.Value(high) - expression.Value(low)) / (high[variable] - low[variable]);
    }

    private static double[] Values(string[] variables, string[] expressions, params double[] x)
    {
        double[] image = new double[variables.Length];
        Compile(variables, expressions).Apply(x, image);
        return image;
    }

    private static string Refusal(string[] variables, string[] expressions) => Assert.Throws<InvalidInputException>(() => Compile(variables, expressions)).Message;

    private static IFixedPointMap Compile(string[] variables, string[] expressions) => MapCompiler.Compile(new FixedPointMapSpec.Expression(variables, expressions), "request");
}
