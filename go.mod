module github.com/slogx/slogx

go 1.26.0

require (
	github.com/itchyny/timefmt-go v0.1.9
	github.com/lmittmann/tint v1.2.1
	github.com/stretchr/testify v1.12.1
	gopkg.in/natefinch/lumberjack.v2 v2.2.1
)

require go.yaml.in/yaml/v3 v3.0.6
