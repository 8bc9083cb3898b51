module github.com/slogx/slogx

go 1.26.0

require github.com/stretchr/testify v1.12.1

require (
	github.com/itchyny/timefmt-go v0.1.9 // indirect
	github.com/lmittmann/tint v1.2.1 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
