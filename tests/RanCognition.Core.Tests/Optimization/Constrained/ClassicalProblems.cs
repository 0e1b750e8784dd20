namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>The problems of Liang et al., "Problem definitions and evaluation criteria for the CEC 2006 special session on constrained real-parameter optimization", and of engineering.</summary>
internal static partial class ClassicalProblems
{
    public static IReadOnlyList<ClassicalProblem> All { get; } =
    [
        G01(), G02(), G03(), G04(), G05(), G06(), G07(), G08(), G09(), G10(), G11(), G12(), G13(), G14(), G15(), G16(), G17(), G18(), G19(), G21(), G23(), G24(),
        PressureVessel(), WeldedBeam(), TensionSpring(), SpeedReducer(), HockSchittkowski71(), RosenSuzuki(),
    ];

    public static ClassicalProblem Named(string name) => All.First(problem => problem.Name == name);

    private static double[] Repeat(double value, int count) => Enumerable.Repeat(value, count).ToArray();

    private static double Square(double value) => value * value;

    private static ClassicalProblem G01() => new("G01", Repeat(0, 13), [.. Repeat(1, 9), 100, 100, 100, 1], 9, -15, (x, g) =>
    {
        g[0] = 2 * x[0] + 2 * x[1] + x[9] + x[10] - 10;
        g[1] = 2 * x[0] + 2 * x[2] + x[9] + x[11] - 10;
        g[2] = 2 * x[1] + 2 * x[2] + x[10] + x[11] - 10;
        g[3] = -8 * x[0] + x[9];
        g[4] = -8 * x[1] + x[10];
        g[5] = -8 * x[2] + x[11];
        g[6] = -2 * x[3] - x[4] + x[9];
        g[7] = -2 * x[5] - x[6] + x[10];
        g[8] = -2 * x[7] - x[8] + x[11];
        double f = 0;
        for (int i = 0; i < 13; i++)
        {
            f += i < 4 ? 5 * x[i] - 5 * x[i] * x[i] : -x[i];
        }
        return f;
    });

    private static ClassicalProblem G02() => new("G02", Repeat(0, 20), Repeat(10, 20), 2, -0.80361910412559, (x, g) =>
    {
        double fourth = 0, product = 1, weighted = 0, cosines = 1, sum = 0;
        for (int i = 0; i < 20; i++)
        {
            double square = Square(Math.Cos(x[i]));
            fourth += square * square;
            cosines *= square;
            product *= x[i];
            sum += x[i];
            weighted += (i + 1) * x[i] * x[i];
        }
        g[0] = 0.75 - product;
        g[1] = sum - 150;
        return -Math.Abs((fourth - 2 * cosines) / Math.Sqrt(weighted));
    });

    private static ClassicalProblem G03() => new("G03", Repeat(0, 10), Repeat(1, 10), 2, -1.00050010001000, (x, g) =>
    {
        double product = Math.Pow(Math.Sqrt(10), 10), squares = 0;
        foreach (double value in x)
        {
            product *= value;
            squares += value * value;
        }
        int next = 0;
        ClassicalProblem.Equation(g, ref next, squares - 1);
        return -product;
    });

    private static ClassicalProblem G04() => new("G04", [78, 33, 27, 27, 27], [102, 45, 45, 45, 45], 6, -30665.53867178332, (x, g) =>
    {
        double u = 85.334407 + 0.0056858 * x[1] * x[4] + 0.0006262 * x[0] * x[3] - 0.0022053 * x[2] * x[4];
        double v = 80.51249 + 0.0071317 * x[1] * x[4] + 0.0029955 * x[0] * x[1] + 0.0021813 * x[2] * x[2];
        double w = 9.300961 + 0.0047026 * x[2] * x[4] + 0.0012547 * x[0] * x[2] + 0.0019085 * x[2] * x[3];
        g[0] = u - 92;
        g[1] = -u;
        g[2] = v - 110;
        g[3] = 90 - v;
        g[4] = w - 25;
        g[5] = 20 - w;
        return 5.3578547 * x[2] * x[2] + 0.8356891 * x[0] * x[4] + 37.293239 * x[0] - 40792.141;
    });

    private static ClassicalProblem G05() => new("G05", [0, 0, -0.55, -0.55], [1200, 1200, 0.55, 0.55], 8, 5126.4967140071, (x, g) =>
    {
        g[0] = -x[3] + x[2] - 0.55;
        g[1] = -x[2] + x[3] - 0.55;
        int next = 2;
        ClassicalProblem.Equation(g, ref next, 1000 * Math.Sin(-x[2] - 0.25) + 1000 * Math.Sin(-x[3] - 0.25) + 894.8 - x[0]);
        ClassicalProblem.Equation(g, ref next, 1000 * Math.Sin(x[2] - 0.25) + 1000 * Math.Sin(x[2] - x[3] - 0.25) + 894.8 - x[1]);
        ClassicalProblem.Equation(g, ref next, 1000 * Math.Sin(x[3] - 0.25) + 1000 * Math.Sin(x[3] - x[2] - 0.25) + 1294.8);
        return 3 * x[0] + 1e-6 * x[0] * x[0] * x[0] + 2 * x[1] + 2e-6 / 3 * x[1] * x[1] * x[1];
    });

    private static ClassicalProblem G06() => new("G06", [13, 0], [100, 100], 2, -6961.81387558015, (x, g) =>
    {
        g[0] = -Square(x[0] - 5) - Square(x[1] - 5) + 100;
        g[1] = Square(x[0] - 6) + Square(x[1] - 5) - 82.81;
        return Math.Pow(x[0] - 10, 3) + Math.Pow(x[1] - 20, 3);
    });

    private static ClassicalProblem G07() => new("G07", Repeat(-10, 10), Repeat(10, 10), 8, 24.30620906818, (x, g) =>
    {
        g[0] = -105 + 4 * x[0] + 5 * x[1] - 3 * x[6] + 9 * x[7];
        g[1] = 10 * x[0] - 8 * x[1] - 17 * x[6] + 2 * x[7];
        g[2] = -8 * x[0] + 2 * x[1] + 5 * x[8] - 2 * x[9] - 12;
        g[3] = 3 * Square(x[0] - 2) + 4 * Square(x[1] - 3) + 2 * x[2] * x[2] - 7 * x[3] - 120;
        g[4] = 5 * x[0] * x[0] + 8 * x[1] + Square(x[2] - 6) - 2 * x[3] - 40;
        g[5] = x[0] * x[0] + 2 * Square(x[1] - 2) - 2 * x[0] * x[1] + 14 * x[4] - 6 * x[5];
        g[6] = 0.5 * Square(x[0] - 8) + 2 * Square(x[1] - 4) + 3 * x[4] * x[4] - x[5] - 30;
        g[7] = -3 * x[0] + 6 * x[1] + 12 * Square(x[8] - 8) - 7 * x[9];
        return x[0] * x[0] + x[1] * x[1] + x[0] * x[1] - 14 * x[0] - 16 * x[1] + Square(x[2] - 10) + 4 * Square(x[3] - 5) + Square(x[4] - 3) + 2 * Square(x[5] - 1)
            + 5 * x[6] * x[6] + 7 * Square(x[7] - 11) + 2 * Square(x[8] - 10) + Square(x[9] - 7) + 45;
    });

    private static ClassicalProblem G08() => new("G08", [0, 0], [10, 10], 2, -0.0958250414180359, (x, g) =>
    {
        g[0] = x[0] * x[0] - x[1] + 1;
        g[1] = 1 - x[0] + Square(x[1] - 4);
        return -Math.Pow(Math.Sin(2 * Math.PI * x[0]), 3) * Math.Sin(2 * Math.PI * x[1]) / (x[0] * x[0] * x[0] * (x[0] + x[1]));
    });

    private static ClassicalProblem G09() => new("G09", Repeat(-10, 7), Repeat(10, 7), 4, 680.630057374402, (x, g) =>
    {
        g[0] = -127 + 2 * x[0] * x[0] + 3 * Math.Pow(x[1], 4) + x[2] + 4 * x[3] * x[3] + 5 * x[4];
        g[1] = -282 + 7 * x[0] + 3 * x[1] + 10 * x[2] * x[2] + x[3] - x[4];
        g[2] = -196 + 23 * x[0] + x[1] * x[1] + 6 * x[5] * x[5] - 8 * x[6];
        g[3] = 4 * x[0] * x[0] + x[1] * x[1] - 3 * x[0] * x[1] + 2 * x[2] * x[2] + 5 * x[5] - 11 * x[6];
        return Square(x[0] - 10) + 5 * Square(x[1] - 12) + Math.Pow(x[2], 4) + 3 * Square(x[3] - 11) + 10 * Math.Pow(x[4], 6) + 7 * x[5] * x[5] + Math.Pow(x[6], 4)
            - 4 * x[5] * x[6] - 10 * x[5] - 8 * x[6];
    });

    private static ClassicalProblem G10() => new("G10", [100, 1000, 1000, .. Repeat(10, 5)], [10000, 10000, 10000, .. Repeat(1000, 5)], 6, 7049.24802052867, (x, g) =>
    {
        g[0] = -1 + 0.0025 * (x[3] + x[5]);
        g[1] = -1 + 0.0025 * (x[4] + x[6] - x[3]);
        g[2] = -1 + 0.01 * (x[7] - x[4]);
        g[3] = -x[0] * x[5] + 833.33252 * x[3] + 100 * x[0] - 83333.333;
        g[4] = -x[1] * x[6] + 1250 * x[4] + x[1] * x[3] - 1250 * x[3];
        g[5] = -x[2] * x[7] + 1250000 + x[2] * x[4] - 2500 * x[4];
        return x[0] + x[1] + x[2];
    });

    private static ClassicalProblem G11() => new("G11", [-1, -1], [1, 1], 2, 0.7499, (x, g) =>
    {
        int next = 0;
        ClassicalProblem.Equation(g, ref next, x[1] - x[0] * x[0]);
        return x[0] * x[0] + Square(x[1] - 1);
    });

    private static ClassicalProblem G12() => new("G12", [0, 0, 0], [10, 10, 10], 1, -1, (x, g) =>
    {
        double nearest = double.PositiveInfinity;
        for (int p = 1; p <= 9; p++)
        {
            for (int q = 1; q <= 9; q++)
            {
                for (int r = 1; r <= 9; r++)
                {
                    nearest = Math.Min(nearest, Square(x[0] - p) + Square(x[1] - q) + Square(x[2] - r) - 0.0625);
                }
            }
        }
        g[0] = nearest;
        return -(100 - Square(x[0] - 5) - Square(x[1] - 5) - Square(x[2] - 5)) / 100;
    });
}
